// A camera that reads one code after another and hands each text on.

import { PAUSE, readerOf, wait } from "../record/reader.js";

const AGAIN = 2500; // ms before the same code counts again: a hand needs that to put the package down

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
      await look(await readerOf(["code_128"], place.dataset.decoder));
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
