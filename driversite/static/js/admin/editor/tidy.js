// Typography on request: the newsroom sets the marks, and one undo takes them back.

import { Extension } from "django-prose-editor/editor";
import { tidy } from "./server.js";
import { element, languageOf, word } from "./words.js";

// Later than what was typed a moment ago, or both would be one step to undo.
const LATER = 1000;

export const Tidy = Extension.create({
  name: "tidy",
  addCommands: () => ({
    tidyTypography: () => ({ editor }) => {
      const textarea = editor.view.dom.closest(".prose-editor").querySelector("textarea");
      tidy(editor.getHTML(), "html", languageOf(textarea))
        .then((html) => {
          if (html === null) return;
          const { from } = editor.state.selection;
          editor
            .chain()
            .setContent(html, { emitUpdate: true })
            .command(({ tr }) => !!tr.setTime(Date.now() + LATER))
            .setTextSelection(Math.min(from, editor.state.doc.content.size))
            .run();
        })
        .catch(() => alert(word("offline")));
      return true;
    },
  }),
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "tidy",
      groups: "history",
      priority: 50,
      button: buttons.material("auto_fix_high", "tidy"),
      command: (editor) => editor.commands.tidyTypography(),
    });
  },
});

/** The same for a field of plain words. */
const offer = (field) => {
  const button = element("button", { type: "button", class: "tidy-words" }, word("tidy"));
  button.addEventListener("click", async () => {
    const text = await tidy(field.value, "words", languageOf(field)).catch(() => alert(word("offline")));
    if (typeof text !== "string") return;
    field.focus();
    field.select();
    // As if typed, so that the browser's own undo knows it.
    if (!document.execCommand("insertText", false, text)) field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  (field.nextElementSibling?.matches(".counter") ? field.nextElementSibling : field).after(button);
};
document.querySelectorAll(".model-article :is(#id_headline, #id_teaser)").forEach(offer);
