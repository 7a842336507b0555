/* The next race on the visitor's clock: how long until it starts, and its sessions in their own time where that differs. */

const MINUTE = 60_000;

function count(board) {
  const left = Math.ceil((new Date(board.dataset.until) - Date.now()) / MINUTE);
  if (left <= 0) {
    board.classList.add("is-over");
    return;
  }
  const figures = [Math.floor(left / 1440), Math.floor(left / 60) % 24, left % 60];
  board.querySelectorAll("dd").forEach((figure, n) => {
    figure.textContent = n ? String(figures[n]).padStart(2, "0") : figures[n];
  });
  // At the next full minute before the start; a hidden tab catches up when it is looked at again.
  setTimeout(count, MINUTE - (Date.now() % MINUTE) + 50, board);
}

function translate(table) {
  const write = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (const clock of table.querySelectorAll("time[datetime*='T']")) {
    const start = new Date(clock.dateTime);
    const offset = clock.dateTime.match(/([+-])(\d\d):(\d\d)$/);
    const atTrack = offset ? (offset[1] === "-" ? 1 : -1) * (60 * offset[2] + Number(offset[3])) : 0;
    if (start.getTimezoneOffset() === atTrack) continue;
    const here = document.createElement("small");
    here.className = "here";
    here.textContent = `${write.format(start).replace(".,", "").replace(",", "")} ${table.dataset.yourTime}`;
    clock.closest("tr").querySelector("th").append(" ", here);
  }
}

for (const board of document.querySelectorAll("[data-until]")) count(board);
for (const table of document.querySelectorAll("[data-your-time]")) translate(table);
