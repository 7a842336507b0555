// A quote: what was said, and under it who said it. Older texts have the name as the quote's last paragraph.

import { Node } from "django-prose-editor/editor";
import { paragraphAfter, replaceBlock } from "./places.js";

const inQuote = ({ $from }) => {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === "quote") return depth;
  return 0;
};

/** An older quote as a new one: the last of several paragraphs is the speaker. */
const asNew = (blockquote) => {
  const text = document.createElement("blockquote");
  const speaker = document.createElement("figcaption");
  const parts = [...blockquote.children];
  text.append(...[...blockquote.childNodes].map((part) => part.cloneNode(true)));
  if (parts.length > 1 && parts.at(-1).tagName === "P") {
    speaker.textContent = parts.at(-1).textContent;
    text.lastElementChild.remove();
  }
  const both = document.createElement("div");
  both.append(text, speaker);
  return both;
};

export const QuoteText = Node.create({
  name: "quoteText",
  content: "(paragraph|bulletList|orderedList)+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote", context: "quote/", priority: 70 }],
  renderHTML: () => ["blockquote", 0],
});

export const QuoteSpeaker = Node.create({
  name: "quoteSpeaker",
  content: "text*",
  marks: "",
  defining: true,
  parseHTML: () => [{ tag: "figcaption", context: "quote/" }],
  renderHTML: () => ["figcaption", 0],
});

/** The paragraph at the cursor becomes a quote, and a quote paragraphs again. */
const toggle = (editor) => {
  const { $from } = editor.state.selection;
  const depth = inQuote(editor.state.selection);
  if (depth) {
    const [words, name] = [$from.node(depth).child(0).content.toJSON(), $from.node(depth).child(1).content.toJSON()];
    const place = { from: $from.before(depth), to: $from.after(depth) };
    return editor.chain().insertContentAt(place, [...words, ...(name ? [{ type: "paragraph", content: name }] : [])]).focus().run();
  }
  const block = $from.depth ? $from.node(1) : null;
  const words = block?.type.name === "paragraph" ? block.toJSON() : { type: "paragraph" };
  const quote = { type: "quote", content: [{ type: "quoteText", content: [words] }, { type: "quoteSpeaker" }] };
  return replaceBlock(editor, quote, { inside: 3 + (words.content ? block.content.size : 0) });
};

export const Quote = Node.create({
  name: "quote",
  group: "top",
  content: "quoteText quoteSpeaker",
  defining: true,
  parseHTML: () => [{ tag: "figure.quote" }, { tag: "blockquote", contentElement: asNew }],
  renderHTML: () => ["figure", { class: "quote" }, 0],

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { $from, empty } = editor.state.selection;
        const depth = inQuote(editor.state.selection);
        if (!depth || !empty) return false;
        if ($from.parent.type.name === "quoteSpeaker") return paragraphAfter(editor, $from.after(depth));
        // Enter in an empty last line goes on to who said it.
        const text = $from.node(depth + 1);
        const isLast = $from.depth === depth + 2 && $from.index(depth + 1) === text.childCount - 1;
        if ($from.parent.content.size || !isLast || text.childCount < 2) return false;
        const speaker = $from.after(depth + 1) + 1;
        return editor.chain().deleteRange({ from: $from.before(), to: $from.after() }).setTextSelection(speaker - 2).run();
      },
      Backspace: ({ editor }) => {
        const depth = inQuote(editor.state.selection);
        const { $from, empty } = editor.state.selection;
        if (!depth || !empty || $from.parentOffset || $from.node(depth).textContent) return false;
        return editor.commands.insertContentAt({ from: $from.before(depth), to: $from.after(depth) }, { type: "paragraph" });
      },
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "quote",
      groups: "blocks",
      priority: 190,
      button: buttons.material("format_quote", "quote"),
      command: (editor) => toggle(editor),
      active: (editor) => editor.isActive("quote"),
      enabled: (editor) => !editor.isActive("box"),
    });
  },
});
