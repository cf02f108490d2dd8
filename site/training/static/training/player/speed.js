// How fast: as it was chosen last on this device.
const KEPT = "training.speed";

export function offerSpeed(video, choice) {
  const kept = recall();
  if ([...choice.options].some((option) => option.value === kept)) {
    choice.value = kept;
    video.defaultPlaybackRate = video.playbackRate = Number(kept);
  }
  choice.addEventListener("change", () => {
    video.defaultPlaybackRate = video.playbackRate = Number(choice.value);
    keep(choice.value);
  });
  // the browser has a menu of its own
  video.addEventListener("ratechange", () => {
    if ([...choice.options].some((option) => Number(option.value) === video.playbackRate)) {
      choice.value = String(video.playbackRate);
    }
  });
}

function recall() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // switched off
  }
}

function keep(speed) {
  try {
    localStorage.setItem(KEPT, speed);
  } catch {
    // switched off: it holds for this page
  }
}
