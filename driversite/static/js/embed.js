/* Videos. A paragraph that is only a link to one, and a link marked data-video, becomes a board that says who would be
   asked; the player comes after consent to "media" or a click. Without this file the links stay links. */

const HOSTS = {
  "youtube.com": (url) => url.searchParams.get("v") ?? url.pathname.match(/^\/(?:live|shorts|embed)\/([\w-]+)/)?.[1],
  "youtu.be": (url) => url.pathname.slice(1),
  "vimeo.com": (url) => url.pathname.match(/^\/(\d+)/)?.[1],
};

/** The address of the player and who runs it, or nothing when the link is no video. */
function playerOf(link) {
  const url = new URL(link.href);
  const host = url.hostname.replace(/^(?:www|m)\./, "");
  const id = HOSTS[host]?.(url);
  if (!id || !/^[\w-]+$/.test(id)) return null;
  return host === "vimeo.com"
    ? { address: `https://player.vimeo.com/video/${id}?dnt=1`, provider: "Vimeo" }
    : { address: `https://www.youtube-nocookie.com/embed/${id}?rel=0`, provider: "YouTube" };
}

function frameOf(player, title, clicked) {
  const frame = document.createElement("iframe");
  Object.assign(frame, {
    src: player.address + (clicked ? "&autoplay=1" : ""),
    title,
    loading: clicked ? "eager" : "lazy",
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  return frame;
}

function build(link, template) {
  const player = playerOf(link);
  if (!player) return;
  const board = template.content.firstElementChild.cloneNode(true);
  const place = link.dataset.video === undefined ? link.closest("p") : link;
  for (const name of board.querySelectorAll(".provider")) name.textContent = player.provider;

  const show = (clicked) => {
    const frame = frameOf(player, link.textContent.trim(), clicked);
    board.replaceChildren(frame);
    if (clicked) frame.focus();
  };
  const showIfAllowed = () => {
    if (board.querySelector("iframe")) return;
    if ((document.documentElement.dataset.consent ?? "").split(" ").includes("media")) show(false);
  };

  place.replaceWith(board);
  board.querySelector(".link").append(link);
  board.querySelector("button").addEventListener("click", () => show(true));
  document.addEventListener("consent", showIfAllowed);
  showIfAllowed();
}

const template = document.getElementById("video");
const alone = [...document.querySelectorAll(".prose > p > a:only-child")].filter(
  (link) => link.textContent.trim() === link.parentElement.textContent.trim(),
);
for (const link of [...alone, ...document.querySelectorAll("a[data-video]")]) build(link, template);
