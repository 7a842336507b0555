// Small comforts of a form: the text editor gets its field's name, lengths are counted, leaving with changes asks.

const form = document.querySelector("#content-main form");

// The editor builds an editable of its own in the textarea's place: it takes over label and help text.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) {
    label.id ||= `${textarea.id}_label`;
    editor.view.dom.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  const help = textarea.getAttribute("aria-describedby");
  if (help) editor.view.dom.setAttribute("aria-describedby", help);
  editor.view.dom.setAttribute("aria-multiline", "true");
  editor.on("update", () => touched());
});

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
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
