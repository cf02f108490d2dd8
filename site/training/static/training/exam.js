/* The paper of an exam: counts the time down and saves each answer as it is given.

   An answer stays in this browser until the server says that it has it. Every change has a higher revision, so a
   save that was on its way for long never overwrites a newer one. Without this module the same form is sent by
   hand. */

const form = document.querySelector("[data-paper]");
const said = document.querySelector("[data-saved]");
const trouble = document.querySelector("[data-trouble]");
const announce = document.querySelector("[data-announce]");
const KEY = `exam-${form.dataset.paper}`;
const TYPING = 700; // ms of rest after which a text is saved
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 15_000;
const ANNOUNCED = [10, 5, 1]; // minutes

const waiting = new Map(); // place → { place, answer, revision }
let sending = null;
let retry = 0;
let typing = 0;
let over = false;

/* What is kept in the browser; where that is not allowed, only the page remembers. */
function remember() {
  try {
    if (waiting.size) localStorage.setItem(KEY, JSON.stringify([...waiting.values()]));
    else localStorage.removeItem(KEY);
  } catch {
    /* private browsing: nothing can be kept */
  }
}

function remembered() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("exam-") && key !== KEY) localStorage.removeItem(key);
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

const fields = (place) => [...form.querySelectorAll(`[name="a-${place}"]`)];
const revision = (place) => form.elements[`r-${place}`];

function answerOf(place) {
  const all = fields(place);
  const chosen = all.filter((field) => ["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim());
  return chosen.map((field) => field.value);
}

function show(place, answer) {
  for (const field of fields(place)) {
    if (["radio", "checkbox"].includes(field.type)) field.checked = answer.includes(field.value);
    else field.value = answer[0] ?? "";
  }
}

function changed(place) {
  const before = waiting.get(place)?.revision ?? Number(revision(place).value);
  waiting.set(place, { place, answer: answerOf(place), revision: before + 1 });
  revision(place).value = before; // handed in by the form, it counts as this change and as none before it
  remember();
  count();
}

function count() {
  const places = [...form.querySelectorAll("[data-question]")].map((each) => Number(each.dataset.question));
  const done = places.filter((place) => answerOf(place).length).length;
  say(form.dataset.wordsAnswered.replace("%s", done));
}

function say(words) {
  said.textContent = words;
}

function warn(words) {
  trouble.hidden = !words;
  trouble.textContent = words;
}

function flush() {
  clearTimeout(retry);
  if (over || !waiting.size) return Promise.resolve();
  sending ??= send().finally(() => (sending = null));
  return sending;
}

async function send(pause = FIRST_RETRY) {
  const answers = [...waiting.values()];
  say(form.dataset.wordsSaving);
  try {
    const token = form.elements.csrfmiddlewaretoken.value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const reply = await fetch(form.dataset.answers, { method: "POST", headers, body: JSON.stringify({ answers }) });
    if (reply.status === 409) return close((await reply.json()).error);
    if (reply.status === 400) return refused(answers, (await reply.json()).error);
    if (!reply.ok || reply.redirected) throw new Error(reply.status);
    (await reply.json()).kept.forEach(taken);
    remember();
    warn("");
    const clock = new Date().toLocaleTimeString("zh-CN", { hour12: false });
    say(form.dataset.wordsSaved.replace("%s", clock));
    if (waiting.size) return send();
  } catch {
    warn(form.dataset.wordsOffline);
    retry = setTimeout(() => again(Math.min(pause * 2, LONGEST_RETRY)), pause);
  }
}

function again(pause) {
  sending ??= send(pause).finally(() => (sending = null));
}

function taken({ place, answer, revision: kept, newer }) {
  const mine = waiting.get(place);
  revision(place).value = mine && mine.revision > kept ? mine.revision - 1 : kept;
  if (mine && mine.revision > kept) return; // changed again meanwhile
  waiting.delete(place);
  if (!newer) return;
  show(place, answer);
  announce.textContent = form.dataset.wordsNewer.replace("%s", place);
}

/* The server cannot read what was sent: sent again it would be refused again. */
function refused(answers, why) {
  for (const { place, revision: sent } of answers) if (waiting.get(place)?.revision === sent) waiting.delete(place);
  remember();
  warn(why);
}

function close(why) {
  over = true;
  waiting.clear();
  remember();
  for (const field of form.querySelectorAll("fieldset, button")) field.disabled = true;
  warn(why);
  setTimeout(() => location.assign(form.dataset.result), 4000);
}

/* The server's seconds counted from when the page came; the clock of the phone may be wrong. */
function tick() {
  const clock = document.querySelector("[data-clock]");
  const ends = performance.now() + Number(clock.dataset.seconds) * 1000;
  let told = Infinity;
  const step = () => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const minutes = Math.ceil(left / 60);
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.classList.toggle("is-late", left <= 60);
    if (ANNOUNCED.includes(minutes) && minutes < told && left % 60 === 0) {
      told = minutes;
      announce.textContent = form.dataset.wordsLeft.replace("%s", minutes);
    }
    if (left > 0) return;
    clearInterval(timer);
    timeUp();
  };
  const timer = setInterval(step, 1000);
  step();
}

/* Time is up: what is here goes along with the paper, while the server still takes what was on its way. */
function timeUp() {
  if (over || !navigator.onLine) return;
  const sure = Object.assign(document.createElement("input"), { type: "hidden", name: "sure", value: "1" });
  form.append(sure);
  form.submit();
}

form.addEventListener("input", (event) => {
  const place = Number(event.target.closest("[data-question]")?.dataset.question);
  if (!place) return;
  changed(place);
  clearTimeout(typing);
  typing = setTimeout(flush, ["radio", "checkbox"].includes(event.target.type) ? 0 : TYPING);
});

form.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  warn(form.dataset.wordsOffline);
});

addEventListener("online", flush);
document.addEventListener("visibilitychange", flush);
addEventListener("pageshow", (event) => event.persisted && location.reload());

for (const kept of remembered()) {
  if (!revision(kept.place) || kept.revision <= Number(revision(kept.place).value)) continue;
  waiting.set(kept.place, kept);
  revision(kept.place).value = kept.revision - 1;
  show(kept.place, kept.answer);
}
flush();
tick();
