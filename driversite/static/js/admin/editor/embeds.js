// Photos, galleries, results, facts and videos: the text holds a mark only, and the editor shows what it stands for.

import { Node } from "django-prose-editor/editor";
import { ask, choose } from "./dialogs.js";
import { insertBlock } from "./places.js";
import { describe } from "./server.js";
import { element, languageOf, word } from "./words.js";

const KINDS = {
  photo: { icon: "photo", rows: "photos" },
  gallery: { icon: "photo_library", rows: "photos" },
  results: { icon: "table_chart", rows: "sessions" },
  facts: { icon: "fact_check", rows: "sessions" },
  video: { icon: "smart_display" },
};

const VIDEOS = [
  [/^https?:\/\/(?:www\.|m\.)?youtube\.com\/watch\?(?:.*&)?v=([\w-]{11})(?:[&#]|$)/, "youtube"],
  [/^https?:\/\/(?:www\.|m\.)?youtube\.com\/(?:live|shorts|embed)\/([\w-]{11})(?:[?#/]|$)/, "youtube"],
  [/^https?:\/\/youtu\.be\/([\w-]{11})(?:[?#/]|$)/, "youtube"],
  [/^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?([0-9]{6,12})(?:[?#/]|$)/, "vimeo"],
];
/** "youtube:dQw4w9WgXcQ" from an address as people copy it, or nothing. */
export const videoOf = (address) => {
  for (const [pattern, provider] of VIDEOS) {
    const id = address.match(pattern)?.[1];
    if (id) return `${provider}:${id}`;
  }
};
const addressOf = (value = "") => {
  const [provider, id] = value.split(":");
  if (!id) return "";
  return provider === "vimeo" ? `https://vimeo.com/${id}` : `https://www.youtube.com/watch?v=${id}`;
};

const languageIn = (editor) => languageOf(editor.view.dom.closest(".prose-editor").querySelector("textarea"));

/** Ask which; resolves to the attributes of the mark, or to null. */
const chooseFor = async (editor, kind, { value = "", title = "" } = {}) => {
  if (kind === "video") {
    const answer = await ask(word("video"), [
      { name: "address", label: word("videoAddress"), type: "url", value: addressOf(value), required: true, check: (typed) => (videoOf(typed) ? "" : word("noVideo")) },
      { name: "title", label: word("videoTitle"), value: title, note: word("videoTitleNote") },
    ]);
    return answer && { kind, value: videoOf(answer.address), title: answer.title };
  }
  const several = kind === "gallery";
  const before = value && several ? value.split(",").map((key) => ({ value: key })) : [];
  const rows = await choose(word(kind), several || kind === "photo" ? "photo" : "session", { language: languageIn(editor), several, chosen: before });
  return rows?.length ? { kind, value: rows.map((row) => row.value).join(","), title: "" } : null;
};

const card = ({ kind, value, title }) => {
  const words = element("p", {}, element("b", {}, word(kind)), " ");
  const pictures = element("div", { class: "pictures" });
  if (kind === "video") {
    words.append(title || addressOf(value));
    return [pictures, words];
  }
  const keys = value.split(",");
  describe(KINDS[kind].rows, keys)
    .then((known) => {
      const found = keys.map((key) => known[key]).filter(Boolean);
      const missing = keys.length - found.length;
      words.append(found.length > 1 ? `${found.length} ${word("photos")}` : (found[0]?.title ?? ""));
      const notes = [...new Set(found.map(({ note }) => note).filter(Boolean))];
      if (kind !== "gallery" && notes.length) words.append(element("small", {}, notes[0]));
      for (const warning of found.map(({ warning }) => warning).filter(Boolean)) words.append(element("small", { class: "warning" }, warning));
      if (missing) words.append(element("small", { class: "warning" }, word("missing")));
      for (const { thumbnail } of found) if (thumbnail) pictures.append(element("img", { src: thumbnail, alt: "", width: "96", height: "64" }));
    })
    .catch(() => words.append(element("small", { class: "warning" }, word("offline"))));
  return [pictures, words];
};

export const Embed = Node.create({
  name: "embed",
  group: "embed",
  atom: true,
  draggable: true,
  addAttributes: () => ({ kind: { rendered: false }, value: { rendered: false }, title: { rendered: false, default: "" } }),
  parseHTML: () =>
    Object.keys(KINDS).map((kind) => ({
      tag: `figure[data-${kind}]`,
      priority: 80,
      getAttrs: (figure) => ({ kind, value: figure.getAttribute(`data-${kind}`), title: figure.dataset.title ?? "" }),
    })),
  renderHTML: ({ node: { attrs } }) => ["figure", { [`data-${attrs.kind}`]: attrs.value, ...(attrs.title ? { "data-title": attrs.title } : {}) }],
  renderText: () => "",

  addNodeView: () => ({ node, editor, getPos }) => {
    const dom = element("div", { class: `embed is-${node.attrs.kind}`, contenteditable: "false" });
    const change = element("button", { type: "button" }, word("change"));
    const remove = element("button", { type: "button" }, word("remove"));
    dom.append(...card(node.attrs), element("div", { class: "actions" }, change, remove));
    change.addEventListener("click", async () => {
      const attrs = await chooseFor(editor, node.attrs.kind, node.attrs);
      if (attrs) editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), null, attrs));
      editor.view.focus();
    });
    remove.addEventListener("click", () => {
      editor.chain().deleteRange({ from: getPos(), to: getPos() + 1 }).focus().run();
    });
    return { dom, stopEvent: (event) => event.target.closest?.("button") !== null && event.type !== "dragstart", ignoreMutation: () => true };
  },

  addMenuItems({ menu, buttons }) {
    Object.entries(KINDS).forEach(([kind, { icon }], n) =>
      menu.defineItem({
        name: kind,
        groups: "blocks",
        priority: 180 - n,
        button: buttons.material(icon, kind),
        command: async (editor) => {
          const attrs = await chooseFor(editor, kind);
          if (attrs) insertBlock(editor, { type: "embed", attrs }, { inBox: true });
        },
      }),
    );
  },
});
