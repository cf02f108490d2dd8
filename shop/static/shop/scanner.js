// A camera that reads one QR code after another and hands each text on. The decoder is fetched only where the
// browser cannot read codes by itself.

const PAUSE = 120; // ms between two looks
const AGAIN = 2500; // ms before the same code counts again: a hand needs that to put the package down
const LONGEST = 800; // px of the picture that is looked at

async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const kinds = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!kinds.includes("qr_code")) return null;
  const wanted = ["qr_code", "code_128"].filter((kind) => kinds.includes(kind));
  const detector = new window.BarcodeDetector({ formats: wanted });
  return async (source) => (await detector.detect(source))[0]?.rawValue;
}

async function fetchedReader(address) {
  const { decodeQR } = await import(address);
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

export function watch(place, heard) {
  const video = place.querySelector("[data-scanner-video]");
  const start = place.querySelector("[data-scanner-start]");
  const stop = place.querySelector("[data-scanner-stop]");
  const says = place.querySelector("[data-scanner-says]");
  let stream = null;

  function off() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
  }

  function say(text) {
    says.textContent = text;
    says.hidden = !text;
  }

  async function look(read) {
    let last = "";
    let until = 0;
    while (stream) {
      const text = video.readyState >= 2 ? await read(video) : undefined;
      if (text && stream && (text !== last || performance.now() > until)) {
        last = text;
        until = performance.now() + AGAIN;
        navigator.vibrate?.(60);
        await heard(text);
      }
      await wait(PAUSE);
    }
  }

  async function on() {
    say("");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } },
      });
      video.srcObject = stream;
      video.hidden = stop.hidden = false;
      start.hidden = true;
      await video.play();
      await look((await ownReader()) ?? (await fetchedReader(place.dataset.decoder)));
    } catch (error) {
      off();
      say(error.name === "NotAllowedError" ? place.dataset.denied : place.dataset.missing);
    }
  }

  if (!navigator.mediaDevices?.getUserMedia) return;
  start.hidden = false;
  start.addEventListener("click", on);
  stop.addEventListener("click", off);
  addEventListener("pagehide", off);
}
