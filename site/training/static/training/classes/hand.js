// The list to tick: without a network what is ticked is kept on this phone, and sent once there is one.

import { prepare } from "./preparing.js";

const form = document.querySelector("[data-hand]");
const NAME = `fengtu-class-ticks-${form.dataset.meeting}`;
const RETRY = 15_000; // ms

function ticks() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "[]");
  } catch {
    return [];
  }
}

const keep = (rows) => localStorage.setItem(NAME, JSON.stringify(rows));

function mark(person, words, look) {
  const item = form.querySelector(`[data-person="${person}"]`), tag = document.createElement("span");
  Object.assign(tag, { className: `tag ${look}`, textContent: words });
  item?.querySelector("button, .tag")?.replaceWith(tag);
}

function show() {
  form.querySelector("[data-offline]").hidden = navigator.onLine;
  for (const tick of ticks()) mark(tick.sign_up, form.dataset.waiting, "warn");
}

function refuse(reason) {
  const note = form.querySelector("[data-refused]");
  note.textContent = reason;
  note.hidden = false;
}

// After signing in anew the page's token is stale: take the one of a fresh page.
async function post(rows, again = false) {
  const headers = { "content-type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(location.pathname, { method: "POST", body: JSON.stringify(rows), headers, credentials: "same-origin" });
  if (answer.status !== 403 || again) return answer;
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname, { cache: "no-store" })).text(), "text/html");
  const fresh = page.querySelector("[data-hand] [name=csrfmiddlewaretoken]");
  if (!fresh) return answer;
  form.elements.csrfmiddlewaretoken.value = fresh.value;
  return post(rows, true);
}

async function send() {
  const rows = ticks();
  if (!rows.length) return;
  const answer = await post(rows);
  if (!answer.ok || !(answer.headers.get("content-type") ?? "").startsWith("application/json")) return;
  const { answers } = await answer.json();
  keep(ticks().filter((one) => !(one.sign_up in answers)));
  for (const [person, { state, reason }] of Object.entries(answers)) {
    if (state === "refused") refuse(reason);
    mark(person, state === "refused" ? reason : form.dataset.done, state === "refused" ? "bad" : "ok");
  }
}

const flush = () => send().catch(() => {}).finally(show);

form.addEventListener("submit", (event) => {
  const person = Number(event.submitter?.value);
  if (!person) return;
  event.preventDefault();
  if (!ticks().some((one) => one.sign_up === person)) keep([...ticks(), { sign_up: person, clock: Date.now() }]);
  show();
  flush();
});
addEventListener("online", flush);
addEventListener("offline", show);
setInterval(flush, RETRY);
show();
flush();
prepare(form.dataset.worker, [location.pathname], [import.meta.url]).catch(() => {});
