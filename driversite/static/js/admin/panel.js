// The panel beside an article's form: asks the server anew after a change, jumps to the field that a row speaks of,
// and marks in the text what contradicts the results.

import { passages } from "./passages.js";

const panel = document.querySelector("#panel");
const form = document.querySelector("#article_form");
const PAUSE = 700;

const state = () => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return new URLSearchParams(data).toString();
};

// Where a row leads: what is seen in the place of the field, which a widget may have hidden.
const target = (name) => {
  if (name === "gallery") return document.querySelector("#gallery_photos-group");
  const field = document.querySelector(`#id_${CSS.escape(name)}`);
  const editable = field?.closest(".prose-editor")?.querySelector("[contenteditable]");
  return editable ?? field?.nextElementSibling?.querySelector(".select2-selection") ?? field;
};

const reveal = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

// The words that a row is about and where they stand; of several rows that say the same, which one it is.
const said = (link) => {
  const { field, passage, quote, start } = link.dataset;
  const same = [...panel.querySelectorAll("[data-quote]")].filter(({ dataset }) =>
    ["field", "passage", "quote", "start"].every((name) => dataset[name] === link.dataset[name]),
  );
  return { field, passage, quote, start: Number(start), nth: same.indexOf(link) };
};

const jump = (link) => {
  const element = target(link.dataset.field);
  if (!element) return false;
  reveal(element);
  element.scrollIntoView({ block: "center" });
  if (!element.matches("input, select, textarea, [tabindex], [contenteditable]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (link.dataset.quote) passages(element).select(said(link));
  return true;
};

// Marked without touching the text: the browser paints over it, and nothing of it is saved.
const mark = () => {
  if (!globalThis.Highlight || !target("body")) return;
  const links = panel.querySelectorAll("[data-field=body][data-quote]");
  const text = passages(target("body"));
  const found = [...links].map((link) => text.range(said(link)));
  CSS.highlights.set("contradiction", new Highlight(...found.filter(Boolean)));
};

// The count stays the same element, so that a screen reader hears it change; so does the fold.
const show = (html) => {
  const row = document.activeElement?.closest("#panel [data-check]")?.dataset.check;
  const answer = document.createElement("template");
  answer.innerHTML = html;
  const count = panel.querySelector(".panel-count");
  const words = answer.content.querySelector(".panel-count").textContent;
  if (count.textContent !== words) count.textContent = words;
  panel.querySelector(".findings")?.remove();
  panel.append(answer.content.querySelector(".findings"));
  if (row) panel.querySelector(`[data-check="${row}"] a`)?.focus({ preventScroll: true });
  mark();
};

let asked, timer, turn = 0;
const ask = async () => {
  const body = state();
  if (body === asked) return mark();
  asked = body;
  const mine = ++turn;
  panel.setAttribute("aria-busy", "true");
  try {
    const headers = { "X-Requested-With": "fetch", "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(panel.dataset.url, { method: "POST", body, headers, redirect: "error" });
    if (!answer.ok) throw new Error(answer.statusText);
    const html = await answer.text();
    if (mine === turn) show(html);
  } catch {
    // The next change asks again.
    if (mine === turn) {
      asked = undefined;
      panel.querySelector(".panel-count").textContent = panel.dataset.offline;
    }
  } finally {
    if (mine === turn) panel.removeAttribute("aria-busy");
  }
};
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
};

if (panel && form) {
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-field]");
    if (link && jump(link)) event.preventDefault();
  });
  // Widgets change their fields without an event of the form's own: whatever happens, the state of the form decides.
  for (const kind of ["input", "change", "click", "keyup", "drop", "paste"]) document.addEventListener(kind, later);
  document.addEventListener("prose-editor:ready", mark);
  panel.querySelector(".panel-count").textContent = panel.dataset.checking;
  ask();
}
