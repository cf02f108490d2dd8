// Keys of the player, as people know them from elsewhere; not while somebody types or a control has them.
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

export function listenToKeys(video, bar) {
  const speed = bar.querySelector("[data-speed]");
  const step = (by) => {
    const place = SPEEDS.indexOf(video.playbackRate) + by;
    if (SPEEDS[place]) speed.value = video.playbackRate = SPEEDS[place];
  };
  const move = (by) => (video.currentTime = Math.min(Math.max(0, video.currentTime + by), video.duration || 0));
  const acts = {
    " ": () => (video.paused ? video.play() : video.pause()),
    k: () => (video.paused ? video.play() : video.pause()),
    ArrowLeft: () => move(-5),
    ArrowRight: () => move(5),
    j: () => move(-10),
    l: () => move(10),
    "<": () => step(-1),
    ">": () => step(1),
    m: () => (video.muted = !video.muted),
    c: () => {
      for (const track of video.textTracks) track.mode = track.mode === "showing" ? "hidden" : "showing";
    },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.()),
  };
  document.addEventListener("keydown", (event) => {
    const isElsewhere = event.target !== document.body && event.target !== video && event.target.id !== "main";
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (isElsewhere || !act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
