// Copies of forms in this browser, for the time that the server cannot be reached. Part of every page of the newsroom:
// wherever a save leads to, the copy of what has been saved is forgotten.

const PREFIX = "kept-form:";

export const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
};

/** Whether it could be kept: a browser may have no room, or may keep nothing at all. */
export const keep = (key, copy) => {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
};

export const forget = (key) => {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
};

// The server names the windows whose forms it has saved.
const saved = (document.cookie.match(/(?:^|; )saved_forms="?([\w.]+)/)?.[1] ?? "").split(".").filter(Boolean);

const forgetSaved = () => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  for (const key of keys.map((each) => each.slice(PREFIX.length))) {
    if (saved.includes(read(key)?.window)) forget(key);
  }
};

try {
  if (saved.length) forgetSaved();
} catch {
  // The browser lets nobody look.
}
