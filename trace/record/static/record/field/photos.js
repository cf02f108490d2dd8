// Photos: made small before they are kept, so that they get through a weak signal; shown as thumbnails.

const LONGEST = 1600; // px
const QUALITY = 0.82;
export const MOST = 9;

// Returns {blob, taken}: the picture as JPEG, upright, and when the file was written (epoch ms).
export async function made(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return { blob, taken: file.lastModified };
}

// A square thumbnail. A canvas, because pages here may not show pictures from memory by address.
export async function thumbnail(blob) {
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement("canvas"), side = Math.min(bitmap.width, bitmap.height);
  canvas.width = canvas.height = 192;
  const left = (bitmap.width - side) / 2, top = (bitmap.height - side) / 2;
  canvas.getContext("2d").drawImage(bitmap, left, top, side, side, 0, 0, 192, 192);
  bitmap.close();
  return canvas;
}
