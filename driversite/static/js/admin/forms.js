// Small comforts of a form: the text editor gets its field's name, lengths are counted, leaving with changes asks.

const form = document.querySelector("#content-main form");

// The browser checks the spelling in the language of the article, or of the field on pages that are in both.
const spellIn = (editable, textarea) => {
  const select = document.querySelector("#id_language");
  const speak = () => (editable.lang = textarea.name.match(/_([a-z]{2})$/)?.[1] ?? select?.value ?? "");
  editable.spellcheck = true;
  select?.addEventListener("change", speak);
  speak();
};

// The text editor builds an editable of its own in the textarea's place: it takes over label and help text.
const nameEditable = (textarea) => {
  const editable = textarea.closest(".prose-editor")?.querySelector("[contenteditable]");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (!editable || !label) return;
  label.id ||= `${textarea.id}_label`;
  label.addEventListener("click", () => editable.focus());
  editable.setAttribute("aria-labelledby", label.id);
  editable.setAttribute("aria-multiline", "true");
  const help = textarea.getAttribute("aria-describedby");
  if (help) editable.setAttribute("aria-describedby", help);
  editable.addEventListener("input", () => touched());
  spellIn(editable, textarea);
};
document.querySelectorAll(".prose-editor > textarea").forEach(nameEditable);
document.addEventListener("prose-editor:ready", ({ detail }) => nameEditable(detail.textarea));

for (const field of document.querySelectorAll("textarea[maxlength], .field-headline input[maxlength]")) {
  const counter = document.createElement("span");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  const count = () => (counter.textContent = `${field.value.length} / ${field.maxLength}`);
  field.after(counter);
  field.addEventListener("input", count);
  count();
}

let changed = false;
const touched = () => (changed = true);
form?.addEventListener("input", touched);
form?.addEventListener("change", touched);
form?.addEventListener("submit", () => (changed = false));
// Whoever keeps what is typed, says so.
document.addEventListener("form:kept", () => (changed = false));
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
