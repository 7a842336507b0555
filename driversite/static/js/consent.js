/* The visitor's choice about cookies. The banner stands in every page; here it is shown to those who have not chosen yet,
   their answer is sent, and the rest of the page is told by the event "consent" and by <html data-consent="media …">. */

const COOKIE = "cookie_consent";
const DECLINED = "-1";

const banner = document.getElementById("consent");
const purposes = [...document.querySelectorAll('input[name="purpose"]')].map((box) => ({
  name: box.value,
  version: box.dataset.version,
}));

/** The cookie "media=2026-11-01T00:00:00+00:00|statistics=-1" as an object; servers put it in quotes. */
function stored() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  const text = cookie ? cookie.slice(COOKIE.length + 1).replace(/^"|"$/g, "") : "";
  return Object.fromEntries(text.split("|").map((pair) => pair.split("=")));
}

/** A yes holds for the version that was asked about; when a purpose has changed since, it is asked again. */
const accepted = (purpose, choice) => choice !== undefined && choice !== DECLINED && choice >= purpose.version;
const answered = (choices) =>
  purposes.every((purpose) => choices[purpose.name] === DECLINED || accepted(purpose, choices[purpose.name]));

function tell(choices) {
  const granted = purposes.filter((purpose) => accepted(purpose, choices[purpose.name]));
  document.documentElement.dataset.consent = granted.map((purpose) => purpose.name).join(" ");
  document.dispatchEvent(new Event("consent"));
}

function loadStatistics() {
  const source = banner?.dataset.statistics;
  if (!source || !document.documentElement.dataset.consent.split(" ").includes("statistics")) return;
  document.removeEventListener("consent", loadStatistics);
  document.head.append(Object.assign(document.createElement("script"), { src: source }));
}

/** First in the order of the keyboard, and at the lower edge of the window: it can be answered or left alone. */
function ask() {
  document.querySelector(".skip").after(banner);
  banner.classList.add("is-asking");
}

function close() {
  banner.classList.remove("is-asking");
  document.getElementById("content").focus({ preventScroll: true });
}

async function send(event) {
  event.preventDefault();
  const failed = banner.querySelector(".failed");
  failed.hidden = true;
  const form = event.currentTarget;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  // Whether it was saved shows in the cookie alone, so an answer that never came needs no case of its own.
  await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const choices = stored();
  if (!answered(choices)) {
    failed.hidden = false;
    return;
  }
  close();
  tell(choices);
}

const choices = stored();
document.addEventListener("consent", loadStatistics);
if (answered(choices)) {
  tell(choices);
} else if (banner) {
  banner.querySelector("form").addEventListener("submit", send);
  ask();
  // Back on a page that the browser kept, after the choice was made on another one.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !answered(stored())) return;
    banner.classList.remove("is-asking");
    tell(stored());
  });
}
