/* The next race on the visitor's clock: how long until it starts, which session is on, and starts in their own time. */

const MINUTE = 60_000;

/* When the minutes that are left become one less; a hidden tab catches up when it is looked at again. */
function soon(what, part, until) {
  setTimeout(what, ((until - Date.now()) % MINUTE) + 50, part);
}

function count(board) {
  const until = new Date(board.dataset.until);
  const left = Math.ceil((until - Date.now()) / MINUTE);
  if (left <= 0) {
    board.classList.add("is-over");
    return;
  }
  const figures = [Math.floor(left / 1440), Math.floor(left / 60) % 24, left % 60];
  board.querySelectorAll("dd").forEach((figure, n) => {
    figure.textContent = n ? String(figures[n]).padStart(2, "0") : figures[n];
  });
  soon(count, board, until);
}

/* The page may be older than the visitor's minute: what the clock decides is said anew. */
function tell(phase) {
  const { begins, ends, underWay, finished } = phase.dataset;
  const [start, end, now] = [new Date(begins), new Date(ends), Date.now()];
  const words = now < start ? "" : now < end ? underWay : finished;
  if (phase.textContent !== words) phase.textContent = words;
  phase.classList.toggle("is-under-way", words === underWay);
  if (now < end) soon(tell, phase, now < start ? start : end);
}

/* Minutes that the clocks at the track are behind UTC at that instant, counted as getTimezoneOffset() does. */
function behindAtTrack(text) {
  const [, sign, hours, minutes] = text.match(/([+-])(\d\d):(\d\d)$/) ?? [];
  return sign ? (sign === "-" ? 1 : -1) * (60 * hours + Number(minutes)) : 0;
}

function translate(list) {
  const write = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (const clock of list.querySelectorAll("time[datetime*='T']")) {
    const start = new Date(clock.dateTime);
    const row = clock.closest("tr, li");
    if (row.matches(".is-off") || start.getTimezoneOffset() === behindAtTrack(clock.dateTime)) continue;
    const here = document.createElement("small");
    here.className = "here";
    here.textContent = `${write.format(start).replace(".,", "").replace(",", "")} ${list.dataset.yourTime}`;
    const name = row.querySelector("th");
    if (name) name.append(" ", here);
    else clock.after(" ", here);
  }
}

for (const board of document.querySelectorAll("[data-until]")) count(board);
for (const phase of document.querySelectorAll("[data-begins]")) tell(phase);
for (const list of document.querySelectorAll("[data-your-time]")) translate(list);
