// The tool bar for keyboards and screen readers: one stop of the Tab key, the arrows walk along its buttons.

import { Extension } from "django-prose-editor/editor";
import { isKnown, word } from "./words.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

const dress = (bar) => {
  const shown = [...bar.querySelectorAll("button")].filter((button) => !button.matches(".hidden"));
  const stop = shown.find((button) => button === document.activeElement) ?? shown.find((button) => button.tabIndex === 0) ?? shown[0];
  for (const button of shown) {
    const name = button.dataset.name;
    if (isKnown(name) && button.title !== word(name)) {
      button.title = word(name);
      button.setAttribute("aria-label", word(name));
    }
    button.tabIndex = button === stop ? 0 : -1;
    button.setAttribute("aria-pressed", button.matches(".active"));
    button.setAttribute("aria-disabled", button.matches(".disabled"));
  }
};

export const Toolbar = Extension.create({
  name: "toolbar",
  onCreate({ editor }) {
    const root = editor.view.dom.closest(".prose-editor");
    // What stands in empty places is drawn by the stylesheet.
    for (const name of ["speaker", "anzeige", "correction"]) root.style.setProperty(`--word-${name}`, JSON.stringify(word(name)));
    // The bar is made after this extension has been told.
    queueMicrotask(() => {
      const bar = root.querySelector(".prose-menubar");
      bar.setAttribute("role", "toolbar");
      bar.setAttribute("aria-label", word("toolbar"));
      bar.addEventListener("keydown", (event) => {
        const shown = [...bar.querySelectorAll("button:not(.hidden)")];
        const at = shown.indexOf(document.activeElement);
        const to = event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : at + (STEPS[event.key] ?? NaN);
        if (at < 0 || !(to in shown)) return;
        event.preventDefault();
        shown[at].tabIndex = -1;
        shown[to].tabIndex = 0;
        shown[to].focus();
      });
      editor.on("transaction", () => dress(bar));
      dress(bar);
    });
  },
});
