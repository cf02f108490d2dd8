// The camera of `/trace/`: looks for a QR code in the picture and sends what it says the way typing does.
// Browsers that can read codes by themselves do; for the others the decoder is fetched when the camera starts.

const PAUSE = 120; // ms between two looks: fast for a person, light for a battery
const SLOW = 8000; // ms until somebody gets advice
const LONGEST = 800; // px of the picture that is looked at

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

async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const kinds = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!kinds.includes("qr_code")) return null;
  const wanted = ["qr_code", "data_matrix", "ean_13"].filter((kind) => kinds.includes(kind));
  const detector = new window.BarcodeDetector({ formats: wanted });
  return async (source) => (await detector.detect(source))[0]?.rawValue;
}

async function fetchedReader() {
  const { decodeQR } = await import(place.dataset.decoder);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (source) => {
    const scale = Math.min(1, LONGEST / Math.max(source.videoWidth, source.videoHeight));
    canvas.width = Math.round(source.videoWidth * scale);
    canvas.height = Math.round(source.videoHeight * scale);
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined; // no code in this picture
    }
  };
}

function wait(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
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
    const text = await look((await ownReader()) ?? (await fetchedReader()));
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
