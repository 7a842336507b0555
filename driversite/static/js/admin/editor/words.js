// The words and addresses that the editor needs, as the page holds them in the language of its user.

const template = document.querySelector("#editor-words");

const words = Object.fromEntries(
  [...(template?.content.children ?? [])].map((word) => [word.dataset.of, word.textContent.trim()]),
);
export const word = (of) => words[of] ?? of;
export const isKnown = (of) => of in words;
export const addresses = { ...template?.dataset };

/** The language that a text is written in: that of its article, or of its field on pages that are in both. */
export const languageOf = (textarea) =>
  textarea.name.match(/_([a-z]{2})$/)?.[1] ?? document.querySelector("#id_language")?.value ?? "";

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};
