// The player of a lesson: the browser's own, with speed, keys, a transcript that leads, and addresses that
// are renewed before they expire. Without this script the film still plays.
import { listenToKeys } from "./player/keys.js";
import { offerQuality } from "./player/quality.js";
import { goOnWhereStopped } from "./player/resume.js";
import { offerSpeed } from "./player/speed.js";
import { Addresses } from "./player/addresses.js";
import { followWords } from "./player/words.js";

for (const player of document.querySelectorAll("[data-player]")) {
  const video = player.querySelector("video");
  const bar = player.querySelector("[data-bar]");
  const said = bar.querySelector("[data-said]");
  const addresses = new Addresses(player, video, said);
  offerSpeed(video, bar.querySelector("[data-speed]"));
  offerQuality(video, bar.querySelector("[data-quality]"), addresses, said);
  goOnWhereStopped(video, said, bar.querySelector("[data-from-start]"));
  followWords(video, player.parentElement.querySelector("[data-transcript]"));
  listenToKeys(video, bar);
  bar.hidden = false;
}
