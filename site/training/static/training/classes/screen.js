// The screen at the entrance: fetches the next code when it begins. Without a network it goes on by itself with
// the codes it carries along: a code proves its moment also to who delivers it later.

import { prepare } from "./preparing.js";

const place = document.querySelector("[data-now]");
const part = place.querySelector("[data-part]");
const lost = place.querySelector("[data-lost]");
const kept = JSON.parse(document.getElementById("codes").textContent);
// the clock of the server when the page was made fresh; a page out of the cache has its own clock only
const fresh = performance.getEntriesByType("navigation")[0]?.transferSize > 0;
const ahead = fresh && Math.abs(kept.now - Date.now()) < 600_000 ? kept.now - Date.now() : 0;
const OFTEN = 5; // s: who arrives shows up soon
const PATIENCE = 4_000; // ms

async function renew() {
  const answer = await fetch(place.dataset.now, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
  if (answer.redirected || answer.status === 403) return location.reload(); // signed out meanwhile
  if (!answer.ok) throw new Error(answer.statusText);
  part.innerHTML = await answer.text();
  lost.hidden = true;
}

async function draw() {
  const { default: encode } = await import(place.dataset.encoder);
  const code = kept.codes[Math.floor((Date.now() + ahead) / 1000 / kept.step) - kept.first];
  const box = part.querySelector("[data-code]");
  if (!box || !code) return;
  box.innerHTML = encode(kept.prefix + code, "svg", { ecc: "medium", border: 4 });
}

function next() {
  const left = kept.step - ((Date.now() + ahead) / 1000) % kept.step;
  return Math.min(left, OFTEN) * 1000 + 200; // a moment into the next code, not a moment before
}

async function keep() {
  try {
    await renew();
  } catch {
    lost.hidden = false;
    await draw();
  }
  setTimeout(keep, next());
}

async function stayAwake() {
  if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
}

setTimeout(keep, navigator.onLine ? next() : 0);
document.addEventListener("visibilitychange", () => stayAwake().catch(() => {}));
stayAwake().catch(() => {}); // battery saving may refuse
const ours = [import.meta.url, place.dataset.encoder].map((name) => new URL(name, location.href).href);
prepare(place.dataset.worker, [location.pathname], ours).catch(() => {});
