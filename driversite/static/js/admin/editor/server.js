// What the editor asks the newsroom: rows to choose from, what marks stand for, and typography.

import { addresses } from "./words.js";

const answered = async (response) => {
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
};

// A text does not link to itself.
const article = location.pathname.match(/\/news\/article\/(\d+)\//)?.[1] ?? "";

export const find = (kind, query, language) => {
  const address = new URL(addresses.find, location.href);
  // What belongs to the race of the article is found first.
  const race = document.querySelector("#id_race")?.value ?? "";
  address.search = new URLSearchParams({ kind, q: query, language, article, race });
  return fetch(address).then(answered).then(({ results }) => results);
};

// All that is asked for while a text is opened goes in one question.
let waiting = null;
const ask = async () => {
  const { photos, sessions } = waiting.keys;
  waiting = null;
  const address = new URL(addresses.marks, location.href);
  address.search = new URLSearchParams({ photos: [...photos].join(","), sessions: [...sessions].join(",") });
  return fetch(address).then(answered);
};

/** {key: {title, note, thumbnail}} of photos or sessions; a key that is missing stands for nothing any more. */
export const describe = async (rows, keys) => {
  waiting ??= { keys: { photos: new Set(), sessions: new Set() }, answer: Promise.resolve().then(ask) };
  for (const key of keys) waiting.keys[rows].add(key);
  return (await waiting.answer)[rows];
};

/** The text with its typography set, or nothing where it is set already. */
export const tidy = async (text, kind, language) => {
  const body = new FormData();
  body.append("text", text);
  body.append("kind", kind);
  body.append("language", language);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(addresses.tidy, { method: "POST", body, headers: { "X-CSRFToken": token } });
  const answer = await answered(response);
  return answer.is_changed ? answer.text : null;
};
