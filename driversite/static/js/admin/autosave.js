// What is typed is kept on the server a few seconds later, and in this browser while the server cannot be reached.
// Also reports that the form is open, and shows who else has it open.

import { forget, keep, read } from "./rescue.js";

const form = document.querySelector("#article_form");
const words = document.querySelector("#kept-words");
const status = document.querySelector("#kept-status");
const bar = document.querySelector("#kept-bar");
const others = document.querySelector("#others-open");

const LOOK = 1000;
const PAUSE = 2000;
const AT_LEAST = 6000;
const REPORT = 15_000;
const LONGEST_WAIT = 60_000;

const at = { ...words.dataset };
const hidden = (name) => form.elements.namedItem(name);
const clock = (moment = new Date()) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(moment);
const say = (what, filled = {}) =>
  words.content.querySelector(`[data-of="${what}"]`).textContent.replace(/\{(\w+)\}/g, (_all, name) => filled[name] ?? "");

// A window keeps its name as long as its form is open, also when the form comes back with complaints.
hidden("window").value ||= Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const OURS = ["csrfmiddlewaretoken", "seen", "kept", "window", "_step"];
const entries = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const typed = (all = entries()) => JSON.stringify(all.filter(([name]) => !OURS.includes(name)));

let before = typed();
let stored = at.typed ? null : before;
let [changedAt, dirtyAt] = [0, 0];
let [isStale, isLeaving] = [false, false];
let sending = null;
let [failures, waitUntil] = [0, 0];

const show = (text, isAway = false) => {
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("is-away", isAway);
};

const ask = (text, ...buttons) => {
  const sentence = document.createElement("p");
  sentence.textContent = text;
  bar.replaceChildren(
    sentence,
    ...buttons.map(([label, act]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
      button.addEventListener("click", act);
      return button;
    }),
  );
  bar.hidden = false;
};

// ---- in this browser ------------------------------------------------------------------------------------------

const copy = () => ({ at: Date.now(), window: hidden("window").value, data: entries() });
const keepHere = (what, filled = {}) => {
  const isKept = keep(at.key, copy());
  show(say(isKept ? what : "full", { time: clock(), ...filled }), true);
};

const post = (address, all) => {
  const body = new FormData();
  for (const [name, value] of all) if (name !== "_step") body.append(name, value);
  body.set("csrfmiddlewaretoken", hidden("csrfmiddlewaretoken").value);
  return fetch(address, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
};

/** The copy goes the way of everything that was typed; where the article has moved on, both texts are shown. */
const restore = async (found) => {
  const answer = await post(at.autosave, found.data).catch(() => null);
  if (answer?.ok) {
    forget(at.key, found.window);
    stored = before = typed();
    location.assign((await answer.json()).change);
  } else if (answer?.status === 409) {
    submitCopy(found.data);
  } else ask(say("away", { time: clock(found.at) }), [say("show"), () => restore(found)]);
};

const submitCopy = (all) => {
  const other = document.createElement("form");
  Object.assign(other, { method: "post", action: at.change || location.href, hidden: true });
  for (const [name, value] of [...all.filter(([key]) => key !== "csrfmiddlewaretoken" && !key.startsWith("_")), ["_continue", "1"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    other.append(field);
  }
  other.append(hidden("csrfmiddlewaretoken").cloneNode());
  document.body.append(other);
  isLeaving = true;
  document.dispatchEvent(new Event("form:kept"));
  other.submit();
};

const offer = () => {
  bar.hidden = true;
  const isShown = ({ data }) => typed(data) === before;
  const copies = read(at.key);
  if (!at.typed) for (const { window } of copies.filter(isShown)) forget(at.key, window);
  const found = copies.find((each) => !isShown(each));
  if (!found) return;
  const discard = () => {
    forget(at.key, found.window);
    offer();
  };
  ask(say("found", { time: clock(found.at) }), [say("show"), () => restore(found)], [say("discard"), discard]);
};

// ---- on the server --------------------------------------------------------------------------------------------

const goOnAt = (answer) => {
  if (at.key.endsWith(":new")) {
    forget(at.key, hidden("window").value);
    at.key = `${at.key.split(":")[0]}:${answer.pk}`;
    history.replaceState(history.state, "", answer.change);
    form.action = answer.change;
  }
  Object.assign(at, { autosave: answer.autosave, change: answer.change, presence: answer.presence });
  hidden("seen").value = answer.seen;
  hidden("kept").value = answer.kept;
};

const hear = ({ others: people, token }) => {
  if (others.textContent !== people) others.textContent = people;
  others.hidden = !people;
  if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
};

const isKept = async (answer, text) => {
  const told = await answer.json();
  goOnAt(told);
  hear(told);
  forget(at.key, hidden("window").value);
  [stored, failures, waitUntil] = [text, 0, 0];
  show(told.saved);
  if (typed() === text) document.dispatchEvent(new Event("form:kept"));
};

const moveOn = (why) => {
  isStale = true;
  if (typed() === stored) show(why, true);
  else keepHere("refused", { why });
  const compare = () => {
    isLeaving = true;
    keep(at.key, copy());
    document.dispatchEvent(new Event("form:kept"));
    submitCopy(entries());
  };
  ask(say("stale", { why }), [say("compare"), compare]);
};

/** A token is as old as its sign-in: after another one the form needs a new one. */
const freshToken = async () => {
  const answer = at.presence && (await fetch(at.presence, { redirect: "manual" }).catch(() => null));
  if (answer?.ok) hear(await answer.json());
};

const failed = async (answer) => {
  failures += 1;
  waitUntil = Date.now() + Math.min(LONGEST_WAIT, PAUSE * 2 ** failures);
  const why = await answer?.json().then((told) => told.why, () => "");
  if (answer?.status === 409) return moveOn(why);
  if (answer?.status === 403 || answer?.type === "opaqueredirect") {
    await freshToken();
    return keepHere(why && failures > 1 ? "refused" : "signed-out", { why });
  }
  keepHere(why && answer.status < 500 ? "refused" : "away", { why });
};

const send = async (text) => {
  const answer = await post(at.autosave, entries()).catch(() => null);
  if (answer?.ok) await isKept(answer, text);
  else await failed(answer);
  sending = null;
};

const look = () => {
  const [now, text] = [Date.now(), typed()];
  if (text !== before) {
    changedAt = now;
    if (isStale || failures) keepHere(isStale ? "refused" : "away");
  }
  before = text;
  if (text === stored) return void (dirtyAt = 0);
  dirtyAt ||= now;
  const isTime = now - changedAt >= PAUSE || now - dirtyAt >= AT_LEAST;
  if (isTime && now >= waitUntil && !sending && !isStale && !isLeaving) sending = send(text);
};

/** The preview shows what has just been typed as well: it opens when that is on the server, or cannot get there. */
const preview = async (event) => {
  if (event.defaultPrevented || typed() === stored || isStale) return;
  event.preventDefault();
  const [{ href }, shown] = [event.currentTarget, open("", "_blank")];
  await sending;
  if (typed() !== stored && !isStale) await (sending = send(typed()));
  if (shown) shown.location = href;
  else location.assign(href);
};

// ---- who else -------------------------------------------------------------------------------------------------

const report = async () => {
  if (document.hidden || !at.presence || isLeaving) return;
  const seen = hidden("seen").value;
  const answer = await post(at.presence, [["seen", seen]]).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  hear(told);
  if (told.why && !isStale && !isLeaving && seen === hidden("seen").value) moveOn(told.why);
};

const leave = () => {
  if (stored !== typed() && !isLeaving) keep(at.key, copy());
  if (!at.presence) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", hidden("csrfmiddlewaretoken").value);
  body.append("leaves", "1");
  navigator.sendBeacon(at.presence, body);
};

form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (!navigator.onLine) {
    // The browser would put a page of its own in the place of the form.
    event.preventDefault();
    return void keepHere("away");
  }
  if (sending && at.key.endsWith(":new")) {
    // The article is just being made: saved before that is known, it would be made twice.
    event.preventDefault();
    return void sending.then(() => form.requestSubmit(event.submitter));
  }
  isLeaving = true;
  // Should the save meet a lost database or a dead server: the text is here.
  keep(at.key, copy());
});
for (const link of document.querySelectorAll("[data-preview]")) link.addEventListener("click", preview);
addEventListener("pagehide", leave);
addEventListener("pageshow", () => (isLeaving = false));
addEventListener("online", () => (waitUntil = 0));
document.addEventListener("visibilitychange", () => (document.hidden ? stored !== typed() && keep(at.key, copy()) : report()));

offer();
report();
setInterval(look, LOOK);
setInterval(report, REPORT);
