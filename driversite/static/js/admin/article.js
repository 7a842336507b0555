// Where there is no room beside the form, the pieces about the article are folded until somebody asks for them.

if (matchMedia("(width < 75rem)").matches) {
  for (const piece of document.querySelectorAll(".article-side > .piece:not([data-stays-open])")) piece.open = false;
}
