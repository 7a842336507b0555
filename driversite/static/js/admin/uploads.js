// Photos one after the other, each a request of its own with a bar that shows how far it is and an answer of its own.
// Without this module the form sends all files at once and the page comes back with the same answers.

const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector("[data-drop]");
const answers = document.querySelector("[data-answers]");
const rows = answers.querySelector("[data-rows]");
const said = answers.querySelector("[data-status]");
const waiting = document.querySelector("template[data-waiting]").content.firstElementChild;
const words = Object.fromEntries(
  [...document.querySelector("template[data-words]").content.children].map((word) => [word.dataset.of, word.textContent]),
);
const queue = [];
let all = 0;
let done = 0;
let busy = false;

const complete = answers.querySelector("[type=submit]");
const status = () => {
  said.textContent = words.status.replace("{done}", done).replace("{all}", all);
  // There is nothing to fill in before the first photo is there.
  complete.disabled = !rows.querySelector("[name=photos]");
};

const add = (files) => {
  for (const file of files) {
    const row = waiting.cloneNode(true);
    row.querySelector("b").textContent = file.name;
    rows.append(row);
    queue.push({ file, row });
    all += 1;
  }
  answers.hidden = false;
  status();
  next();
};

// The fields above count as they stand when a file's turn comes.
const packed = (file) => {
  const data = new FormData(form);
  data.delete("files");
  data.append("files", file);
  return data;
};

const failed = ({ file, row }, sentence, hopeless = false) => {
  row.className = "answer is-refused";
  row.querySelector("progress").hidden = true;
  row.querySelector(".state").textContent = sentence;
  if (hopeless) return;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = words.again;
  again.addEventListener("click", () => {
    row.remove();
    all -= 1;
    done -= 1;
    add([file]);
  });
  row.lastElementChild.append(again);
};

const read = (request) => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
};

const answered = (job, request) => {
  const answer = request.status === 200 ? read(request) : null;
  if (answer?.html) job.row.outerHTML = answer.html;
  else if (answer?.wrong) failed(job, answer.wrong);
  else if (request.responseURL.includes("/login/") || request.status === 403) failed(job, words.out);
  else if (request.status === 413) failed(job, words.large, true);
  else failed(job, request.status === 503 ? words.busy : words.lost);
};

const next = () => {
  if (busy || !queue.length) return;
  const job = queue.shift();
  // Nobody waits minutes in the paddock for a refusal that is certain.
  if (job.file.size > form.dataset.most) {
    failed(job, words.large, true);
    done += 1;
    status();
    next();
    return;
  }
  busy = true;
  const bar = job.row.querySelector("progress");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    job.row.querySelector(".state").textContent = words.writing;
  });
  request.addEventListener("loadend", () => {
    done += 1;
    if (request.status) answered(job, request);
    else failed(job, words.lost);
    busy = false;
    status();
    next();
  });
  request.send(packed(job.file));
};

form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-send]").hidden = true;
input.addEventListener("change", () => {
  add([...input.files]);
  input.value = "";
});
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
// Leaving stops what is on its way.
addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
