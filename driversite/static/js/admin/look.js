// The preview at desk width is made as small as there is room for it.

const DESK = 1280;
const screen = document.querySelector(".screen.is-desk");
const fit = () => screen.style.setProperty("--scale", Math.min(1, screen.clientWidth / DESK));

if (screen) {
  new ResizeObserver(fit).observe(screen);
  fit();
}
