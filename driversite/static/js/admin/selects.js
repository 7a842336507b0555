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

if (select2) {
  select2.defaults.set("templateResult", option);
  select2.defaults.set("templateSelection", option);
}
