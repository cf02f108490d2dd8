// The packing table: each scan is sent without a new page, so that the camera stays on and the thumb in place.
// Without this script every form does the same with a reload.

import { watch } from "./scanner.js";

const FAULT = "409";

async function sent(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (!answer.ok && String(answer.status) !== FAULT) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function shown(page) {
  const fresh = page.querySelector("[data-packing]");
  const table = document.querySelector("[data-packing]");
  if (!fresh) return location.reload();
  const camera = table.querySelector("[data-scanner]");
  const newCamera = fresh.querySelector("[data-scanner]");
  if (camera && newCamera) newCamera.replaceWith(camera); // the stream goes on
  const wrong = fresh.querySelector("[data-said]")?.textContent.trim();
  const done = page.querySelector(".notes[role=status] .note");
  table.replaceChildren(...fresh.childNodes);
  const said = table.querySelector("[data-said]");
  if (said && !wrong && done) said.replaceChildren(done);
  const box = table.querySelector("#code");
  if (box) {
    box.value = "";
    box.focus({ preventScroll: true });
  }
  if (wrong) navigator.vibrate?.([90, 60, 90]);
  return undefined;
}

async function submit(form) {
  try {
    shown(await sent(form));
  } catch {
    form.submit(); // no connection, or signed out: the page itself says so
  }
}

const table = document.querySelector("[data-packing]");
table?.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-scan-form], [data-packing-form]")) return;
  event.preventDefault();
  submit(event.target);
});
const camera = table?.querySelector("[data-scanner]");
if (camera) {
  watch(camera, (text) => {
    const form = document.querySelector("[data-scan-form]");
    form.querySelector("#code").value = text;
    return submit(form);
  });
}
table?.querySelector("#code")?.focus({ preventScroll: true });
