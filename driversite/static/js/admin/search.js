// Choices below the search field while one types: arrows, Enter and Escape, as in every combobox. Without this module
// Enter leads to a page of the same.

const form = document.querySelector(".finder");
const field = form?.querySelector("input");
const choices = form?.querySelector(".choices");
const status = form?.querySelector("[role=status]");
const PAUSE = 150;
let waiting, asking;

const options = () => [...choices.querySelectorAll("[role=option]")];
const active = () => choices.querySelector("[aria-selected=true]");

const close = () => {
  clearTimeout(waiting);
  asking?.abort();
  choices.hidden = true;
  status.classList.add("visually-hidden");
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const choose = (option) => {
  active()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
};

const show = (html) => {
  choices.innerHTML = html;
  const number = options().length;
  field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-expanded", String(number > 0));
  choices.hidden = !number;
  // That nothing was found is for everybody; how much was found, one sees.
  status.classList.toggle("visually-hidden", number > 0);
  status.textContent = number ? `${number} ${form.dataset.some}` : form.dataset.none;
};

const ask = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`${form.dataset.found}?${new URLSearchParams({ q: field.value })}`, { signal: asking.signal });
    // Signed out in the meantime, or no network: Enter still leads to the page, which says so.
    if (answer.ok && !answer.redirected) show(await answer.text());
    else close();
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
};

const onInput = () => {
  clearTimeout(waiting);
  if (field.value.trim()) waiting = setTimeout(ask, PAUSE);
  else close();
};

const step = (by) => {
  const all = options();
  const at = all.indexOf(active());
  // One step beyond either end is the field itself, with nothing chosen.
  choose(all[at < 0 && by < 0 ? all.length - 1 : at + by]);
};

const onKey = (event) => {
  if (event.isComposing) return;
  const open = !choices.hidden;
  if (event.key === "Escape" && (open || field.value)) {
    event.preventDefault();
    if (!open) field.value = "";
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) step(event.key === "ArrowDown" ? 1 : -1);
    else onInput();
  } else if (event.key === "Enter" && open && active()) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) window.open(active().href, "_blank", "noopener");
    else location.assign(active().href);
  }
};

if (form) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", choices.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("input", onInput);
  field.addEventListener("keydown", onKey);
  // A click on a choice must not take the focus away before it counts.
  choices.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
}
