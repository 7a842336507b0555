// Searchable selects show a thumbnail beside what has one. Must run before the admin sets its selects up.

const select2 = window.django?.jQuery?.fn.select2;

const option = ({ text, thumbnail, element }) => {
  const address = thumbnail || element?.dataset.thumbnail;
  if (!address) return text;
  const line = document.createElement("span");
  const picture = document.createElement("img");
  picture.src = address;
  picture.alt = "";
  picture.width = 60;
  picture.height = 40;
  line.className = "with-picture";
  line.append(picture, text);
  return line;
};

// A select that is replaced loses its label: the box that stands for it gets it back.
const nameBoxes = (within) => {
  for (const select of within.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    const chosen = box.querySelector(".select2-selection__rendered")?.id;
    box.setAttribute("aria-labelledby", [label.id, chosen].filter(Boolean).join(" "));
    for (const part of box.querySelectorAll("[role=textbox], textarea, input")) part.setAttribute("aria-labelledby", label.id);
  }
};

if (select2) {
  window.django.jQuery(() => nameBoxes(document));
  document.addEventListener("formset:added", ({ target }) => nameBoxes(target));
  select2.defaults.set("templateResult", option);
  select2.defaults.set("templateSelection", option);
}
