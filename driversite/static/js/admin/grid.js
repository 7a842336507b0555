// In a grid, Enter and the arrows go to the same column of the next row, as in a spreadsheet; Tab goes on in its row.

const steps = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

const onKey = (event) => {
  const step = steps[event.key];
  const field = event.target;
  if (!step || event.altKey || event.ctrlKey || event.metaKey || !field.matches("input:not([type=checkbox], [type=time])")) return;
  const column = field.closest("td")?.cellIndex;
  let row = field.closest("tr");
  do row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  while (row && !row.matches(".form-row:not(.empty-form)"));
  const next = row?.cells[column]?.querySelector("input, select");
  // Enter in the last row would send a form that is not finished.
  event.preventDefault();
  next?.focus();
  next?.select?.();
};

// "Add rows: practice" adds them here; as a link it would load the page anew, without what was typed.
const onShortcut = (event) => {
  const group = event.currentTarget.previousElementSibling;
  const add = group?.querySelector(".add-row a");
  if (!add || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  let added;
  for (const kind of new URL(event.target.href).searchParams.getAll("rows")) {
    add.click();
    added = [...group.querySelectorAll(".form-row:not(.empty-form)")].at(-1);
    added.querySelector("[name$=-kind]").value = kind;
  }
  added?.querySelector("[name$=-label]")?.focus();
};

for (const links of document.querySelectorAll(".in-grid + .shortcuts")) {
  links.addEventListener("click", (event) => event.target.matches("a") && onShortcut(event));
}
for (const table of document.querySelectorAll(".in-grid table")) table.addEventListener("keydown", onKey);
