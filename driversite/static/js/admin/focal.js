// The focal point of a photo: a click on the picture or the arrow keys fill in the two number fields, and back; beside
// it stand the crops as the site's pages cut them. Without this module the fields do the same.

const figure = document.querySelector("[data-focal]");
const across = document.querySelector("#id_focal_x");
const down = document.querySelector("#id_focal_y");
const upload = document.querySelector("#id_file");
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

if (figure) {
  const picture = figure.querySelector("img");
  const cross = figure.querySelector("[data-cross]");
  const crops = figure.querySelector("[data-crops]");
  const inside = (value) => Math.min(1, Math.max(0, Number(value) || 0));
  const percent = (value) => `${inside(value) * 100}%`;

  const draw = () => {
    cross.setAttribute("aria-description", `${Math.round(inside(across.value) * 100)} % · ${Math.round(inside(down.value) * 100)} %`);
    cross.style.insetInlineStart = percent(across.value);
    cross.style.insetBlockStart = percent(down.value);
    for (const crop of crops.querySelectorAll("img")) {
      if (crop.src !== picture.src) crop.src = picture.src;
      crop.style.objectPosition = `${percent(across.value)} ${percent(down.value)}`;
    }
  };
  const move = (x, y) => {
    across.value = inside(x).toFixed(2);
    down.value = inside(y).toFixed(2);
    // Whoever watches the form for changes hears of this one.
    across.dispatchEvent(new Event("input", { bubbles: true }));
  };

  if (across && down) {
    across.step = down.step = "0.01";
    cross.hidden = crops.hidden = false;
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      cross.focus({ preventScroll: true });
    });
    cross.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const far = event.shiftKey ? 0.1 : 0.01;
      move(inside(across.value) + step[0] * far, inside(down.value) + step[1] * far);
    });
    across.addEventListener("input", draw);
    down.addEventListener("input", draw);
    draw();
  }

  upload?.addEventListener("change", () => {
    const [file] = upload.files;
    if (!file) return;
    URL.revokeObjectURL(picture.src);
    picture.removeAttribute("width");
    picture.removeAttribute("height");
    picture.src = URL.createObjectURL(file);
    figure.hidden = false;
    if (across && down) draw();
  });
}
