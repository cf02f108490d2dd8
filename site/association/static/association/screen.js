// The screen at the entrance: fetches the next code when it begins, keeps the display awake, and says so
// when the connection is lost, because then the code shown is no longer good.

const place = document.querySelector("[data-now]");
const part = place.querySelector("[data-part]");
const lost = place.querySelector("[data-lost]");
const OFTEN = 5; // s: who arrives shows up soon
const PATIENCE = 10_000; // ms

async function renew() {
  const answer = await fetch(place.dataset.now, {
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.redirected || answer.status === 403) return location.reload(); // signed out meanwhile
  if (!answer.ok) throw new Error(answer.statusText);
  part.innerHTML = await answer.text();
}

function next() {
  const left = Number(part.querySelector("[data-seconds]")?.dataset.seconds ?? OFTEN);
  return Math.min(left, OFTEN) * 1000 + 200; // a moment into the next code, not a moment before
}

async function keep() {
  try {
    await renew();
    lost.hidden = true;
    part.hidden = false;
  } catch {
    lost.hidden = false;
    part.hidden = true;
  }
  setTimeout(keep, next());
}

async function stayAwake() {
  if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
}

setTimeout(keep, next());
document.addEventListener("visibilitychange", () => stayAwake().catch(() => {}));
stayAwake().catch(() => {}); // battery saving may refuse
