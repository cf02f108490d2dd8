// Sends a video up in parts by tus 1.0: what arrived stays, also when the page is closed or the line breaks.
// The same file chosen again goes on where it broke off.

const PAUSES = [1_000, 3_000, 5_000, 10_000, 30_000]; // ms before an attempt is made again
const form = document.querySelector(".video-upload");
const [file, title, region, isPrivate] = ["file", "title", "region", "private"].map((name) =>
  document.getElementById(`video-${name}`),
);
const sending = form.querySelector("[data-sending]");
const bar = sending.querySelector("progress");
const said = sending.querySelector("[data-said]");
const pause = form.querySelector("[data-pause]");
let isPaused = false;
let isSending = false;

class Refused extends Error {}

function ask(url, method, headers = {}, body = undefined) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(url, {
    method,
    body,
    redirect: "manual",
    headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers },
  });
}

async function judged(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Refused(said.dataset.signedOut);
  if ([400, 403, 413, 415, 422].includes(answer.status)) {
    const told = await answer.json().catch(() => ({}));
    throw new Refused(told.reason ?? String(answer.status));
  }
  return answer;
}

// The same file is known again by what the browser tells of it.
const fingerprint = (chosen) => `training.upload.${chosen.name}.${chosen.size}.${chosen.lastModified}`;
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function metadata(chosen) {
  const facts = {
    filename: chosen.name,
    title: title.value,
    region: region.value,
    private: isPrivate.checked ? "yes" : "no",
  };
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(",");
}

// Where it goes on, from which byte, and the video where all of it is there: the last answer was lost.
async function takenUp(chosen) {
  const known = localStorage.getItem(fingerprint(chosen));
  if (!known) return null;
  const told = await judged(await ask(known, "POST", { "Upload-Metadata": metadata(chosen) }));
  const answer = await judged(await ask(known, "HEAD"));
  if (!told.ok || !answer.ok) return null;
  said.textContent = said.dataset.resumed;
  return [known, Number(answer.headers.get("Upload-Offset")), answer.headers.get("Fengtu-Video")];
}

async function begun(chosen) {
  const answer = await judged(
    await ask(form.dataset.begin, "POST", { "Upload-Length": chosen.size, "Upload-Metadata": metadata(chosen) }),
  );
  if (!answer.ok) throw new TypeError(answer.status);
  const place = answer.headers.get("Location");
  localStorage.setItem(fingerprint(chosen), place);
  return [place, 0, null];
}

async function sendParts(chosen, onPart) {
  let [place, offset, video] = (await takenUp(chosen)) ?? (await begun(chosen));
  const began = { at: performance.now(), offset };
  while (!video && offset < chosen.size && !isPaused) {
    const part = chosen.slice(offset, offset + Number(form.dataset.part));
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset };
    const answer = await judged(await ask(place, "PATCH", headers, part));
    if (!answer.ok && answer.status !== 409) throw new TypeError(answer.status);
    offset = Number(answer.headers.get("Upload-Offset"));
    onPart(offset, began);
    video = answer.headers.get("Fengtu-Video");
  }
  return video;
}

function show(offset, began) {
  const share = offset / file.files[0].size;
  const speed = (offset - began.offset) / (performance.now() - began.at); // bytes a millisecond
  const seconds = speed > 0 ? Math.ceil((file.files[0].size - offset) / speed / 1000) : 0;
  bar.value = 100 * share;
  said.textContent = said.dataset.sent
    .replace("{percent}", `${Math.floor(100 * share)} %`)
    .replace("{left}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

async function send() {
  const chosen = file.files[0];
  for (let attempt = 0; !isPaused; attempt += 1) {
    try {
      const video = await sendParts(chosen, (...facts) => {
        attempt = 0;
        show(...facts);
      });
      if (video) {
        localStorage.removeItem(fingerprint(chosen));
        said.textContent = said.dataset.done;
        isSending = false;
        location.assign(`${form.dataset.edit}${video}/`);
      }
      return;
    } catch (problem) {
      if (problem instanceof Refused) {
        said.textContent = problem.message;
        if (problem.message !== said.dataset.signedOut) localStorage.removeItem(fingerprint(chosen));
        return;
      }
      said.textContent = said.dataset.waiting;
      await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(attempt, PAUSES.length - 1)]));
    }
  }
}

file.addEventListener("change", () => {
  if (file.files[0] && !title.value) title.value = file.files[0].name.replace(/\.[^.]+$/, "").slice(0, 80);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isSending) return;
  [isSending, isPaused, sending.hidden, pause.hidden] = [true, false, false, false];
  await send();
  isSending = false;
  pause.hidden = true;
});
pause.addEventListener("click", () => (isPaused = true));
for (const button of document.querySelectorAll("[data-drop]")) {
  button.addEventListener("click", async () => {
    await ask(button.dataset.drop, "DELETE");
    button.closest("li").remove();
  });
}
window.addEventListener("beforeunload", (event) => isSending && event.preventDefault());
