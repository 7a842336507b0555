// What is pasted from Word, mails and web pages, made into plain paragraphs, lists, headings and links before the editor
// reads it. The server cleans once more what is stored (news/html.py); here it is made to look right at once.

import { Extension, Plugin } from "django-prose-editor/editor";
import { tell } from "./dialogs.js";
import { word } from "./words.js";

const RENAMED = { B: "strong", I: "em", H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
const DROPPED =
  "script, title, meta, link, xml, head, template, noscript, object, iframe, img, picture, svg, math, nav, button, input, select, textarea, form > label, [hidden]";
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, li, table, blockquote, figure, aside, hr, pre, dl, address, section, article, header, footer, main, nav, div";

const rename = (element, name) => {
  const renamed = document.createElement(name);
  for (const { name: key, value } of element.attributes) renamed.setAttribute(key, value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
};
const unwrap = (element) => element.replaceWith(...element.childNodes);

/** One declaration of what stood in the style: as an attribute of another name, so that the page's policy lets it pass. */
const styleOf = (element, name) =>
  element.dataset.style?.match(new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i"))?.[1].trim().toLowerCase() ?? "";

const dropComments = (body) => {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
};

// Word writes lists as paragraphs that begin with a bullet of their own; their level and kind stand in the style.
const wordLists = (body) => {
  let [lists, last] = [[], ""];
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const [, id, level] = styleOf(paragraph, "mso-list").match(/^(l\d+)\s+level(\d+)/) ?? [];
    if (id !== last) [lists, last] = [[], id];
    if (!level) continue;
    const bullet = [...paragraph.querySelectorAll("span")].find((span) => styleOf(span, "mso-list") === "ignore");
    const kind = /^\(?[0-9a-z]{1,4}[.)]/i.test(bullet?.textContent.trim() ?? "") ? "ol" : "ul";
    bullet?.remove();
    lists.length = Math.min(lists.length, Number(level));
    while (lists.length < level) {
      const list = document.createElement(kind);
      const above = lists.at(-1);
      if (above) (above.lastElementChild ?? above.appendChild(document.createElement("li"))).append(list);
      else paragraph.before(list);
      lists.push(list);
    }
    const item = document.createElement("li");
    const words = document.createElement("p");
    words.append(...paragraph.childNodes);
    item.append(words);
    lists.at(-1).append(item);
    paragraph.remove();
  }
};

const isBold = (element) => /^(bold|bolder|[6-9]00)$/.test(styleOf(element, "font-weight"));
const isPlain = (element) => /^(normal|lighter|[1-4]00)$/.test(styleOf(element, "font-weight"));

/** Bold and italic that stand in a style become elements; <b> that says it is not bold is none. */
const styles = (body) => {
  for (const element of body.querySelectorAll("b, strong")) if (isPlain(element)) unwrap(element);
  for (const element of body.querySelectorAll("i, em")) if (styleOf(element, "font-style") === "normal") unwrap(element);
  for (const element of body.querySelectorAll("span, font")) {
    const inHeading = element.closest("h1, h2, h3, h4, h5, h6");
    let inside = element;
    for (const [name, wanted] of [["strong", isBold(element) && !inHeading], ["em", styleOf(element, "font-style") === "italic"]]) {
      if (!wanted || element.closest(name) || !element.textContent.trim()) continue;
      const made = document.createElement(name);
      made.append(...inside.childNodes);
      inside.append(made);
      inside = made;
    }
  }
};

// Where mails and searches put an address of their own before the one that is meant.
const meant = (href) => {
  try {
    const url = new URL(href);
    const inside = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url" ? (url.searchParams.get("q") ?? url.searchParams.get("url"))
      : /safelinks\.protection\.outlook\.com$/.test(url.hostname) ? url.searchParams.get("url") : null;
    const found = new URL(inside ?? href);
    for (const key of [...found.searchParams.keys()]) if (/^(utm_\w+|fbclid|gclid|mc_[ce]id)$/.test(key)) found.searchParams.delete(key);
    return found.href;
  } catch {
    return href;
  }
};

const links = (body) => {
  for (const link of body.querySelectorAll("a")) {
    const href = link.getAttribute("href") ?? "";
    if (/^(https?:|mailto:|tel:|\/(?!\/))/i.test(href) && link.textContent.trim()) link.setAttribute("href", meant(href));
    else unwrap(link);
  }
};

/** Cells are words of a line, rows are lines. A table that only lays out a page gives its blocks. */
const tables = (body) => {
  for (const table of [...body.querySelectorAll("table")].reverse()) {
    const lines = [];
    for (const row of table.rows) {
      const cells = [...row.cells];
      if (cells.some((cell) => cell.querySelector(BLOCKS.replace("p, ", "").replace(", div", "")) || cell.querySelectorAll("p").length > 1)) {
        lines.push(...cells.flatMap((cell) => [...cell.childNodes]));
        continue;
      }
      const line = document.createElement("p");
      cells.forEach((cell, n) => {
        for (const block of cell.querySelectorAll("p, div")) unwrap(block);
        line.append(...(n ? [" "] : []), ...cell.childNodes);
      });
      lines.push(line);
    }
    table.replaceWith(...lines);
  }
};

/** What holds blocks is no paragraph; what holds only words is one. Two line breaks part paragraphs. */
const paragraphs = (body) => {
  for (const name of body.querySelectorAll("blockquote > cite, blockquote > footer, figcaption, caption")) rename(name, "p");
  for (const figure of body.querySelectorAll("figure")) unwrap(figure);
  for (const element of [...body.querySelectorAll("div, section, article, header, footer, main, nav, address, pre, dl, dt, dd, center")].reverse()) {
    if (element.querySelector(BLOCKS)) {
      const parts = [];
      let line = null;
      for (const child of [...element.childNodes]) {
        const isBlock = child.nodeType === 1 && child.matches(BLOCKS);
        if (isBlock) parts.push(child), (line = null);
        else if (line || child.textContent.trim() || child.nodeName === "BR") {
          if (!line) parts.push((line = document.createElement("p")));
          line.append(child);
        }
      }
      element.replaceWith(...parts);
    } else rename(element, "p");
  }
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const breaks = [...paragraph.querySelectorAll(":scope > br")].filter((br) => br.nextElementSibling?.nodeName === "BR" && !br.nextSibling.textContent.trim());
    for (const br of breaks) {
      const next = document.createElement("p");
      while (br.nextSibling) next.append(br.nextSibling);
      while (next.firstChild?.nodeName === "BR") next.firstChild.remove();
      br.remove();
      paragraph.after(next);
      if (breaks.indexOf(br) === 0) break;
    }
  }
};

const blanks = (body) => {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    // Soft hyphens and marks without width are of the page it comes from; a row of blanks is one.
    text.data = text.data.replace(/[\u00ad\u200b\u200c\u200d\ufeff]/g, "").replace(/[ \t\r\n]*\u00a0[\s\u00a0]+|[ \t\r\n]+/g, " ");
  }
  for (const element of [...body.querySelectorAll("p, h2, h3, li, blockquote, strong, em, span")].reverse())
    if (!element.textContent.replace(/\u00a0/g, " ").trim() && !element.querySelector("hr, figure, br + br")) {
      if (element.matches("strong, em, span")) unwrap(element);
      else element.remove();
    }
};

/** Trim the blanks at both ends of a block, wherever in its elements they stand. */
const trim = (block) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  if (!texts.length) return;
  texts[0].data = texts[0].data.trimStart();
  texts.at(-1).data = texts.at(-1).data.trimEnd();
};

export const clean = (html) => {
  const inert = html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)(?=\s*=)/gi, "$1data-$2"));
  const { body } = new DOMParser().parseFromString(inert, "text/html");
  // From this editor or another window of it: it is clean, and blocks stay blocks.
  if (body.querySelector("[data-pm-slice]")) return html;
  dropComments(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  wordLists(body);
  for (const element of [...body.querySelectorAll("*")]) if (element.localName.includes(":")) unwrap(element);
  styles(body);
  links(body);
  tables(body);
  paragraphs(body);
  for (const element of [...body.querySelectorAll(Object.keys(RENAMED).join(","))]) rename(element, RENAMED[element.tagName]);
  for (const br of body.querySelectorAll(":scope > br")) br.remove();
  blanks(body);
  for (const element of [...body.querySelectorAll("span, font, u, s, small, big, sup, sub, label, ins, mark, cite, abbr, code")]) unwrap(element);
  for (const block of body.querySelectorAll("p, h2, h3")) trim(block);
  for (const element of body.querySelectorAll("*"))
    for (const { name } of [...element.attributes]) if (name !== "href") element.removeAttribute(name);
  return body.innerHTML.trim();
};

// A file that is dropped on a page takes its place, with all that was typed: it is stopped here.
const noFiles = (_view, event) => {
  const data = event.clipboardData ?? event.dataTransfer;
  if (!data?.files.length || data.types.includes("text/html")) return false;
  event.preventDefault();
  tell(word("photo"), word("noFiles"));
  return true;
};

export const Paste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [
    new Plugin({ props: { transformPastedHTML: clean, handlePaste: noFiles, handleDOMEvents: { drop: noFiles } } }),
  ],
});
