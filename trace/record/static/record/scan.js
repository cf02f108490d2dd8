// The camera of `/trace/`: looks for a QR code in the picture and sends what it says the way typing does.

import { PAUSE, readerOf, wait } from "./reader.js";

const SLOW = 8000; // ms until somebody gets advice

const place = document.querySelector("[data-scan]");
const video = place.querySelector("[data-scan-video]");
const view = place.querySelector("[data-scan-view]");
const start = place.querySelector("[data-scan-start]");
const says = place.querySelector("[data-scan-says]");
const box = document.querySelector("#code");
let stream = null;

function say(text) {
  says.textContent = text;
  says.hidden = !text;
}

function stop() {
  if (stream) for (const track of stream.getTracks()) track.stop();
  stream = null;
  video.srcObject = null;
  view.hidden = true;
  start.hidden = false;
}

async function look(read) {
  const begun = performance.now();
  while (stream) {
    const text = video.readyState >= 2 ? await read(video) : undefined;
    if (text && stream) return text;
    if (performance.now() - begun > SLOW) say(place.dataset.slow);
    await wait(PAUSE);
  }
  return undefined;
}

async function scan() {
  start.hidden = true;
  say(place.dataset.looking);
  try {
    const wanted = { video: { facingMode: "environment", width: { ideal: 1280 } } };
    stream = await navigator.mediaDevices.getUserMedia(wanted);
    video.srcObject = stream;
    view.hidden = false;
    await video.play();
    const text = await look(await readerOf(["data_matrix", "ean_13"], place.dataset.decoder));
    stop();
    if (!text) return say("");
    box.value = text;
    box.form.submit();
  } catch (error) {
    stop();
    say(error.name === "NotAllowedError" ? place.dataset.denied : place.dataset.missing);
  }
}

if (navigator.mediaDevices?.getUserMedia && ("BarcodeDetector" in window || place.dataset.decoder)) {
  start.hidden = false;
  start.addEventListener("click", scan);
  place.querySelector("[data-scan-stop]").addEventListener("click", () => {
    stop();
    say("");
  });
  addEventListener("pagehide", stop);
}
place.querySelector("#photo").addEventListener("change", (event) => {
  if (event.target.files.length) event.target.form.submit();
});
