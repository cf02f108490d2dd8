// The kiosk: takes what a scanner types wherever the focus is, has keys of its own, and forgets.

// what a scanner types in one go: a link, or a whole serial. A burst that a slow machine tore in two is
// neither: then the form sends what stands in the box.
const SCANNED = /^(?:https?:\/\/.+|[^/:]{16,})$/i;

const place = document.querySelector("[data-kiosk]");
const form = document.querySelector("[data-kiosk-form]");
const box = document.querySelector("#code");
// ms between two keys: a scanner types faster than this, a person slower; without a box no person types
const FAST = box ? 60 : 1000;
const left = document.querySelector("[data-left]");
const { home } = place.dataset;
let burst = "";
let lastKey = 0;
let seconds = Number(place.dataset.idle);

function ask(text) {
  location.assign(`${home}?code=${encodeURIComponent(text)}`);
}

// With a Chinese input method on, the key is "Process": then the place of the key on the board tells.
function character(event) {
  if (event.key.length === 1 && event.key.charCodeAt(0) < 127) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code) ?? /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (letter) return letter[1];
  return { Slash: "/", Period: ".", Minus: "-", Semicolon: ":" }[event.code] ?? "";
}

function onKey(event) {
  awake();
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.timeStamp - lastKey > FAST) burst = "";
  lastKey = event.timeStamp;
  if (event.key === "Enter" || event.code === "Enter") {
    if (SCANNED.test(burst)) {
      event.preventDefault();
      ask(burst);
    }
    burst = "";
    return;
  }
  burst += character(event);
  if (box && document.activeElement !== box && character(event)) box.focus();
}

function press(key) {
  if (key === "back") box.value = box.value.trimEnd().slice(0, -1);
  else if (key === "clear") box.value = "";
  else if (box.value.replace(/\s/g, "").length < 16) box.value += key;
  if (!/[:/]/.test(box.value)) box.value = box.value.replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ");
}

function awake() {
  seconds = Number(place.dataset.idle);
  if (left) left.textContent = seconds;
}

function tick() {
  const waiting = form && !box.value && !location.search;
  if (waiting) return;
  seconds -= 1;
  if (left) left.textContent = Math.max(0, seconds);
  if (seconds <= 0) location.replace(home);
}

const keys = document.querySelector("[data-kiosk-keys]");
if (keys) {
  keys.hidden = false;
  keys.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (button) press(button.dataset.key);
  });
}
addEventListener("keydown", onKey, true);
addEventListener("pointerdown", awake);
addEventListener("contextmenu", (event) => event.preventDefault());
setInterval(tick, 1000);
