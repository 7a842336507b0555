// Dialogs of the editor: fields to fill in, and rows to choose from while typing.

import { find } from "./server.js";
import { element, word } from "./words.js";

const open = (title, ...parts) => {
  const heading = element("h2", {}, title);
  const close = element("button", { type: "button", class: "close", "aria-label": word("close") }, "×");
  const form = element("form", { method: "dialog" }, element("header", {}, heading, close), ...parts);
  const dialog = element("dialog", { class: "editor-dialog", "aria-label": title }, form);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, form };
};

/** Say something that cannot be overlooked. */
export const tell = (title, words) => open(title, element("p", {}, words));

/** Ask for the values of fields: [{name, label, type, value, required, note, check}]. `check` returns what is wrong with a
    value, or nothing. Resolves to {name: value}, or to null when the dialog is closed. */
export const ask = (title, fields, { submit = word("insert"), extra = [] } = {}) =>
  new Promise((resolve) => {
    const inputs = fields.map(({ name, type = "text", value = "", required = false }) =>
      element("input", { name, type, value, required, autocomplete: "off" }),
    );
    const rows = fields.map(({ label, note }, n) =>
      element("label", {}, label, inputs[n], ...(note ? [element("small", {}, note)] : [])),
    );
    const send = element("button", { class: "default" }, submit);
    const { dialog, form } = open(title, ...rows, element("footer", {}, ...extra, send));
    let answer = null;
    form.addEventListener("submit", (event) => {
      inputs.forEach((input, n) => input.setCustomValidity(fields[n].check?.(input.value.trim()) ?? ""));
      if (form.reportValidity()) answer = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
      else event.preventDefault();
    });
    for (const input of inputs) input.addEventListener("input", () => input.setCustomValidity(""));
    for (const button of extra) button.addEventListener("click", () => ((answer = button.value), dialog.close()));
    dialog.addEventListener("close", () => resolve(answer));
    inputs[0]?.select();
  });

const picture = ({ thumbnail }) =>
  thumbnail ? [element("img", { src: thumbnail, alt: "", width: "96", height: "64" })] : [];

const option = (row) =>
  element(
    "button",
    { type: "button", class: "option", "aria-pressed": "false" },
    ...picture(row),
    element("span", {}, element("b", {}, row.title), ...(row.note ? [element("small", {}, row.note)] : [])),
  );

/** Choose from what is found while typing: one row by a click, or with `several` any number in the order of the clicks,
    beginning with those that are chosen already. Resolves to the rows, or to null. `typed` makes a row of what was typed. */
export const choose = (title, kind, { language = "", several = false, chosen = [], typed = null } = {}) =>
  new Promise((resolve) => {
    const search = element("input", { type: "search", "aria-label": word("search"), placeholder: word("search"), autocomplete: "off" });
    const list = element("div", { class: `options is-${kind}` });
    const state = element("p", { class: "state", role: "status" });
    const send = element("button", { type: "button", class: "default", hidden: !several }, word("insert"));
    const { dialog, form } = open(title, search, state, list, element("footer", {}, send));
    let answer = null;
    let asked = 0;
    let shown = null;
    let later;
    let rows = [...chosen];
    const done = (found) => ((answer = found), dialog.close());

    const mark = () => {
      for (const button of list.children) {
        const place = rows.findIndex(({ value }) => value === button.dataset.value);
        button.setAttribute("aria-pressed", place >= 0);
        button.dataset.place = place >= 0 ? place + 1 : "";
      }
      send.disabled = rows.length === 0;
      send.textContent = several && rows.length ? `${word("insert")} (${rows.length})` : word("insert");
    };
    const pick = (row) => {
      if (!several) return done([row]);
      rows = rows.some(({ value }) => value === row.value) ? rows.filter(({ value }) => value !== row.value) : [...rows, row];
      mark();
    };
    const show = (found) => {
      state.textContent = found.length ? "" : word("nothing");
      list.replaceChildren(
        ...found.map((row) => {
          const button = option(row);
          button.dataset.value = row.value;
          button.addEventListener("click", () => pick(row));
          return button;
        }),
      );
      mark();
    };
    const look = async () => {
      const [number, words] = [++asked, search.value.trim()];
      try {
        const found = await find(kind, words, language);
        if (number !== asked) return;
        shown = words;
        show([...(typed?.(words) ?? []), ...found]);
      } catch {
        if (number === asked) state.textContent = word("offline");
      }
    };

    search.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(look, 150);
    });
    // Enter takes the first of what is found for these words; the arrows walk through it.
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(later);
      if (shown !== search.value.trim()) await look();
      if (shown === search.value.trim()) list.firstElementChild?.click();
    });
    form.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const stops = [search, ...list.children];
      stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))]?.focus();
    });
    send.addEventListener("click", () => done(rows));
    dialog.addEventListener("close", () => resolve(answer));
    // Where there are keys, one types at once. On a phone the keyboard would cover the pictures that one taps.
    if (kind === "link" || matchMedia("(hover: hover)").matches) search.focus();
    look();
  });
