// The focal point of a photo: a click on the picture fills in the two number fields, and back.
// Without this module the fields do the same.

const figure = document.querySelector("[data-focal]");
const across = document.querySelector("#id_focal_x");
const down = document.querySelector("#id_focal_y");
const upload = document.querySelector("#id_file");

if (figure) {
  const picture = figure.querySelector("img");
  const cross = figure.querySelector("[data-cross]");
  const percent = (value) => `${Math.min(1, Math.max(0, Number(value) || 0)) * 100}%`;

  const draw = () => {
    cross.setAttribute("x", percent(across.value));
    cross.setAttribute("y", percent(down.value));
  };

  if (across && down) {
    across.step = down.step = "0.01";
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      across.value = ((event.clientX - box.left) / box.width).toFixed(2);
      down.value = ((event.clientY - box.top) / box.height).toFixed(2);
      draw();
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
    across.value = down.value = "0.5";
    draw();
  });
}
