// Time spent on a text: its page in view, and a sign of life within three minutes. Its end has to be reached.
const IDLE = 180_000; // ms
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown", "touchstart"];

export function followText(place, beats) {
  let read = Number(place.dataset.credited); // s so far
  let since = null; // when this piece began, ms
  let seen = performance.now();

  const begin = () => {
    if (since !== null || document.hidden) return;
    since = performance.now();
    beats.open(read);
    beats.start(tell);
  };
  const add = () => {
    const now = performance.now();
    const until = Math.min(now, seen + IDLE);
    if (since !== null && until > since) {
      const to = read + (until - since) / 1000;
      beats.add(read, to, 1);
      read = to;
    }
    since = now;
  };
  const tell = () => {
    add();
    if (performance.now() - seen > IDLE) rest();
    beats.flush();
  };
  const rest = () => {
    since = null;
    beats.stop();
  };
  const leave = () => {
    if (since !== null) add();
    rest();
    beats.flush(true);
  };

  for (const sign of SIGNS) {
    window.addEventListener(
      sign,
      () => {
        seen = performance.now();
        begin();
      },
      { passive: true },
    );
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : begin()));
  window.addEventListener("pagehide", leave);
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) beats.end = true;
  }).observe(document.querySelector("[data-learning-end]"));
  begin();
}
