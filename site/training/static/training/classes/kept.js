// The door without a network: keeps the code that was scanned with its moment, and sends it once there is one.

import { keepScan, scans, settle, ticketOf } from "./store.js";

const root = document.querySelector("[data-kept]");
const RETRY = 15_000; // ms
const [says, list, video, button] = ["says", "list", "video", "scan"].map((name) => root.querySelector(`[data-${name}]`));
const DOOR = /\/training\/classes\/door\/(\d+)\/$/;

function say(text, look = "") {
  says.textContent = text;
  says.className = `note ${look}`;
  says.hidden = !text;
}

function show() {
  list.replaceChildren(...scans().map((scan) => {
    const item = document.createElement("li"), title = document.createElement("span"), state = document.createElement("span");
    title.textContent = `${scan.title} ${new Date(scan.clock).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
    state.textContent = scan.told ?? root.dataset.waiting;
    state.className = scan.look ?? "tag warn";
    item.append(title, state);
    return item;
  }));
  root.querySelector("[data-offline]").hidden = navigator.onLine;
}

// Takes the address of a code; returns whether it was one.
function take(address) {
  const url = new URL(address, location.href), meeting = Number(DOOR.exec(url.pathname)?.[1]), code = url.searchParams.get("now");
  if (!meeting || !code) return false;
  const ticket = ticketOf(meeting);
  if (!ticket) say(root.dataset.stranger, "warn");
  else keepScan({ ticket: ticket.ticket, title: ticket.title, meeting, code, clock: Date.now() });
  return true;
}

function told(answer) {
  if (answer.state === "new") return answer.standing === "asked" ? [root.dataset.asked, "tag warn"] : [root.dataset.new, "tag ok"];
  return answer.state === "known" ? [root.dataset.known, "tag ok"] : [answer.reason, "tag bad"];
}

async function send() {
  const waiting = scans().filter((scan) => !scan.told);
  if (!waiting.length) return;
  const body = JSON.stringify(waiting.map(({ ticket, meeting, code, clock }) => ({ ticket, meeting, code, clock })));
  const answer = await fetch(root.dataset.send, { method: "POST", body, headers: { "content-type": "application/json" }, credentials: "same-origin" });
  if (!answer.ok) return;
  const { answers } = await answer.json();
  waiting.forEach((scan, place) => {
    const [words, look] = told(answers[place]);
    settle(scan, (one) => ({ ...one, told: words, look }));
  });
  show();
}

// One page of this phone sends at a time; the server takes the same twice as once anyway.
function flush() {
  const go = () => send().catch(() => {}).finally(show);
  return navigator.locks ? navigator.locks.request("fengtu-classes", { ifAvailable: true }, (lock) => lock && go()) : go();
}

async function scan() {
  const { PAUSE, readerOf, wait } = await import(new URL("../../record/reader.js", import.meta.url).href);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const stop = () => { stream.getTracks().forEach((track) => track.stop()); video.hidden = true; button.hidden = false; };
  Object.assign(video, { srcObject: stream, hidden: false });
  button.hidden = true;
  try {
    await video.play();
    const look = await readerOf([], root.dataset.decoder);
    for (let text; !video.hidden; await wait(PAUSE)) {
      text = video.readyState >= 2 ? await look(video) : undefined;
      if (!text) continue;
      if (!take(text)) say(root.dataset.noCode, "warn");
      return;
    }
  } finally {
    stop();
    show();
    flush();
  }
}

if (take(location.href)) history.replaceState(null, "", "/training/classes/door/"); // a reload keeps nothing twice
show();
flush();
setInterval(flush, RETRY);
addEventListener("online", () => { show(); flush(); });
addEventListener("offline", show);
if (navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => scan().catch(() => say(root.dataset.denied, "warn")));
}
