// Tells the server what somebody watches or reads, and goes on where they stopped. The server decides what
// of it is credited; without this script the lesson can be seen all the same, and is not counted.
import { Beats } from "./learning/beats.js";
import { followFilm } from "./learning/film.js";
import { followText } from "./learning/text.js";

const place = document.querySelector("[data-learning]");
const video = document.querySelector("video[data-lesson]");
const beats = new Beats(place);

if (video && place.dataset.reads === "no") followFilm(video, beats);
else followText(place, beats);

if (video) {
  const goTo = (position) => video.dispatchEvent(new CustomEvent("resumeat", { detail: { position } }));
  // the player listens once all modules have run
  document.addEventListener("DOMContentLoaded", () => goTo(Number(place.dataset.position)));
  window.addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    const state = await beats.refresh();
    if (state) goTo(state.position);
  });
  // a note written while the film plays says where
  document.querySelector("[data-words-form]")?.addEventListener("submit", (event) => {
    event.target.querySelector("[data-second]").value = Math.floor(video.currentTime);
  });
}
