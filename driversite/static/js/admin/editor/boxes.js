// Boxes around words: what a sponsor pays for, named as such, and what had to be put right, with its day.

import { Document, Node } from "django-prose-editor/editor";
import { ask } from "./dialogs.js";
import { replaceBlock } from "./places.js";
import { element, word } from "./words.js";

const today = () => new Date().toLocaleDateString("sv");

/** A text: paragraphs and, where they are offered, blocks between them. */
export const Story = Document.extend({
  addOptions: () => ({ content: "block+" }),
  content() {
    return this.options.content;
  },
});

const around = (editor) => {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === "box") return depth;
  return 0;
};

const toggle = async (editor, kind) => {
  const depth = around(editor);
  const { $from } = editor.state.selection;
  if (depth) {
    const words = $from.node(depth).content.toJSON();
    editor.chain().insertContentAt({ from: $from.before(depth), to: $from.after(depth) }, words).focus().run();
    return;
  }
  let date = null;
  if (kind === "correction") {
    const answer = await ask(word("correction"), [{ name: "date", label: word("correctionDay"), type: "date", value: today(), required: true }]);
    if (!answer) return;
    date = answer.date;
  }
  const block = $from.depth ? $from.node(1) : null;
  const words = block?.type.name === "paragraph" ? block.toJSON() : { type: "paragraph" };
  replaceBlock(editor, { type: "box", attrs: { kind, date }, content: [words] }, { inside: 2 + (words.content ? block.content.size : 0) });
  editor.view.focus();
};

export const Box = Node.create({
  name: "box",
  group: "top",
  content: "(paragraph|bulletList|orderedList|embed)+",
  defining: true,
  addAttributes: () => ({ kind: { rendered: false }, date: { rendered: false, default: null } }),
  parseHTML: () => [
    { tag: "aside.anzeige", getAttrs: () => ({ kind: "anzeige" }) },
    { tag: "aside.correction", getAttrs: (aside) => ({ kind: "correction", date: aside.dataset.date ?? today() }) },
  ],
  renderHTML: ({ node: { attrs } }) => ["aside", { class: attrs.kind, ...(attrs.date ? { "data-date": attrs.date } : {}) }, 0],

  // In the editor no landmark: those are of the page around it.
  addNodeView: () => ({ node: { attrs } }) => {
    const day = attrs.date && new Date(`${attrs.date}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    const dom = element("div", { class: `box is-${attrs.kind}`, "data-day": day ?? "" });
    return { dom, contentDOM: dom };
  },

  addKeyboardShortcuts: () => ({
    // Enter in an empty last line leaves the box.
    Enter: ({ editor }) => {
      const depth = around(editor);
      const { $from, empty } = editor.state.selection;
      if (!depth || !empty || $from.depth !== depth + 1 || $from.parent.content.size) return false;
      const box = $from.node(depth);
      if (box.childCount < 2 || $from.index(depth) !== box.childCount - 1) return false;
      const place = $from.after(depth) - 2;
      return editor
        .chain()
        .deleteRange({ from: $from.before(), to: $from.after() })
        .insertContentAt(place, { type: "paragraph" })
        .setTextSelection(place + 1)
        .run();
    },
  }),

  addMenuItems({ menu, buttons }) {
    for (const [kind, icon, priority] of [["anzeige", "campaign", 170], ["correction", "edit_note", 169]]) {
      menu.defineItem({
        name: kind,
        groups: "blocks",
        priority,
        button: buttons.material(icon, kind),
        command: (editor) => toggle(editor, kind),
        active: (editor) => editor.isActive("box", { kind }),
        enabled: (editor) => !editor.isActive("quote"),
      });
    }
  },
});
