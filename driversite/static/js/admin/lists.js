// On a phone a list has no head of columns: each value takes its column's words with it.

const heads = [...document.querySelectorAll("#result_list thead th")].map((head) => head.querySelector(".text")?.textContent.trim() ?? "");
for (const row of document.querySelectorAll("#result_list tbody tr")) {
  [...row.children].forEach((cell, number) => {
    if (cell.matches("td:not(.action-checkbox)") && heads[number]) cell.dataset.label = heads[number];
  });
}
