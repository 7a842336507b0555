// On a phone a list has no head of columns: each value takes its column's words with it. Thumbnails are cut around the
// focal point, which their classes name as on the site.

const heads = [...document.querySelectorAll("#result_list thead th")].map((head) => head.querySelector(".text")?.textContent.trim() ?? "");
for (const row of document.querySelectorAll("#result_list tbody tr")) {
  [...row.children].forEach((cell, number) => {
    if (cell.matches("td:not(.action-checkbox)") && heads[number]) cell.dataset.label = heads[number];
  });
}

for (const thumb of document.querySelectorAll("#result_list .thumb")) {
  const [, across, down] = thumb.className.match(/focus-x-(\d+) focus-y-(\d+)/) ?? [];
  if (across) thumb.style.objectPosition = `${across}% ${down}%`;
}

// What is filtered stays in sight where there is room; on a phone it would push the list out of it.
if (matchMedia("(width < 48rem)").matches) document.querySelector("#changelist-filter")?.removeAttribute("open");
