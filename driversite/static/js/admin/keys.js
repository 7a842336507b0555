// Keys for what an editor does most: search, save, preview, release; "?" lists them. Letters alone count only where nobody
// is typing. With Alt on most machines; a Mac writes signs with it (π, ®), so there the command key is held as well.

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);
const ctrl = onMac ? "⌘" : document.documentElement.lang === "de" ? "Strg" : "Ctrl";
const signs = { ctrl, alt: onMac ? "⌥ ⌘" : "Alt" };
const dialog = document.querySelector("dialog.keys");
const question = document.querySelector("dialog.ask-release");

const doers = {
  search: { find: () => document.querySelector(".finder input, .to-search") },
  save: { find: () => document.querySelector(".submit-row [name=_continue]") ?? document.querySelector(".submit-row [type=submit]") },
  preview: { find: () => document.querySelector("[data-preview]") },
  release: { find: () => document.querySelector("[name=_step][value=release], [name=_step][value=schedule]") },
  help: { find: () => dialog },
};
const seen = (element) => element?.checkVisibility?.() ?? Boolean(element);

const go = {
  search: (field) => {
    const shown = [...document.querySelectorAll(".finder input, .to-search")].find(seen) ?? field;
    shown.focus();
    shown.select?.();
  },
  save: (button) => button.click(),
  preview: (link) => link.click(),
  release: (step) => {
    step.closest("details")?.setAttribute("open", "");
    step.scrollIntoView({ block: "center" });
    step.focus();
    question.querySelector("h2").textContent = `${step.textContent.trim()}?`;
    question.querySelector("p").textContent = document.getElementById(step.getAttribute("aria-describedby"))?.textContent ?? "";
    question.returnValue = "";
    question.onclose = () => question.returnValue === "yes" && step.click();
    question.showModal();
    question.querySelector("button:not([value])").focus();
  },
  help: (box) => box.showModal(),
};

const isTyping = ({ target }) => target.closest?.("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable=true]");
// In the rich text this is the key for a link.
const isInText = ({ target }) => target.closest?.("[contenteditable=true]");

const wanted = (event) => {
  const held = onMac ? event.metaKey : event.ctrlKey;
  const other = onMac ? event.ctrlKey : event.metaKey;
  if (other || event.isComposing) return null;
  if (held && !event.altKey && !event.shiftKey) {
    if (event.code === "KeyS" || event.key === "s") return "save";
    if (event.key === "k" && !isInText(event)) return "search";
  }
  // AltGr is Alt with Ctrl, and writes signs as well.
  if (event.altKey && !event.shiftKey && event.metaKey === onMac && !event.ctrlKey) {
    return { KeyP: "preview", KeyR: "release" }[event.code] ?? null;
  }
  if (held || event.altKey || isTyping(event)) return null;
  return { "/": "search", "?": "help" }[event.key] ?? null;
};

document.addEventListener("keydown", (event) => {
  const what = wanted(event);
  const target = what && doers[what].find();
  if (!target || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  go[what](target);
});

for (const key of document.querySelectorAll("kbd[data-with]")) key.textContent = `${signs[key.dataset.with]} ${onMac ? "" : "+ "}${key.textContent}`;
// The list shows what this page has, and what can be pressed says its key.
for (const [what, { find }] of Object.entries(doers)) {
  const row = dialog?.querySelector(`[data-key=${what}]`);
  const target = find();
  if (row) row.hidden = !target;
  if (row && target && target !== dialog) target.title = row.querySelector("dd").textContent.trim();
}
const opener = document.querySelector(".ask-keys");
if (opener && dialog) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}
