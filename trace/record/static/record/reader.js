// Reads codes out of the picture of a camera. Browsers that can read codes by themselves do; for the others the
// decoder is fetched when the camera starts.

export const PAUSE = 120; // ms between two looks: fast for a person, light for a battery
const LONGEST = 800; // px of the picture that is looked at

// Returns what reads a video: its text, or undefined where there is no code. `kinds` are wanted beside QR.
export async function readerOf(kinds, decoder) {
  return (await ownReader(["qr_code", ...kinds])) ?? (await fetchedReader(decoder));
}

export function wait(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

async function ownReader(kinds) {
  if (!("BarcodeDetector" in window)) return null;
  const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!known.includes("qr_code")) return null;
  const detector = new window.BarcodeDetector({ formats: kinds.filter((kind) => known.includes(kind)) });
  return async (source) => (await detector.detect(source))[0]?.rawValue;
}

async function fetchedReader(decoder) {
  const { decodeQR } = await import(decoder);
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
