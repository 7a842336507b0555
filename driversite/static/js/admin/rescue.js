// Copies of forms in this browser, for the time that the server cannot be reached. Part of every page of the newsroom:
// wherever a save leads to, the copy of what has been saved is forgotten.

const PREFIX = "kept-form:";

// Each window keeps its own: two that are open at one article do not write over each other.
const nameOf = (key, window) => `${PREFIX}${key}/${window}`;

const parsed = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};
const names = (start) => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start));
  } catch {
    // The browser lets nobody look.
    return [];
  }
};

/** The copies of a form, the newest first. */
export const read = (key) =>
  names(nameOf(key, ""))
    .map(parsed)
    .filter(Boolean)
    .sort((one, other) => other.at - one.at);

/** Whether it could be kept: a browser may have no room, or may keep nothing at all. */
export const keep = (key, copy) => {
  try {
    localStorage.setItem(nameOf(key, copy.window), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
};

export const forget = (key, window) => {
  try {
    localStorage.removeItem(nameOf(key, window));
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
};

// The server names the windows whose forms it has saved.
const saved = (document.cookie.match(/(?:^|; )saved_forms="?([\w.]+)/)?.[1] ?? "").split(".").filter(Boolean);

for (const name of saved.length ? names(PREFIX) : []) {
  if (saved.includes(name.split("/").at(-1))) localStorage.removeItem(name);
}
