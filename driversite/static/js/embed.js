/* Videos. A paragraph that is only a link to one becomes a board that says who would be asked; a video block of a text
   is one from the server on. The player comes after consent to "media" or a click. Without this file the links stay
   links. */

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

/** The board of a link: around a marked one it stands already, in its final size, so that nothing moves. */
function boardOf(link, player, template) {
  const there = link.closest(".video");
  if (there) return there;
  const board = template.content.firstElementChild.cloneNode(true);
  for (const name of board.querySelectorAll(".provider")) name.textContent = player.provider;
  link.closest("p").replaceWith(board);
  board.querySelector(".link").append(link);
  return board;
}

function build(link, template) {
  const player = playerOf(link);
  if (!player) return;
  const board = boardOf(link, player, template);

  const show = (clicked) => {
    const frame = frameOf(player, link.textContent.trim(), clicked);
    board.replaceChildren(frame);
    if (clicked) frame.focus();
  };
  const showIfAllowed = () => {
    if (board.querySelector("iframe")) return;
    if ((document.documentElement.dataset.consent ?? "").split(" ").includes("media")) show(false);
  };

  board.querySelector("button").addEventListener("click", () => show(true));
  document.addEventListener("consent", showIfAllowed);
  showIfAllowed();
}

const template = document.getElementById("video");
const alone = [...document.querySelectorAll(".prose > p > a:only-child")].filter(
  (link) => link.textContent.trim() === link.parentElement.textContent.trim(),
);
for (const link of [...alone, ...document.querySelectorAll("a[data-video]")]) build(link, template);
