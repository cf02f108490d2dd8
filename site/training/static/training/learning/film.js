// What of a film is played, while its page is in view. A jump ends a piece where it was and begins another.
export function followFilm(video, beats) {
  let from = null; // where the piece that plays began
  let last = 0; // where it is; a jump shows itself only after it happened
  let rate = 1; // how fast this piece plays

  const begin = () => {
    if (from !== null || document.hidden || video.paused || video.seeking) return;
    from = last = video.currentTime;
    rate = video.playbackRate;
    beats.open(from);
    beats.start(tell);
  };
  const close = () => {
    if (from === null) return;
    beats.add(from, last, rate);
    from = null;
    beats.stop();
  };
  const tell = () => {
    if (from !== null) {
      beats.add(from, last, rate);
      from = last;
    }
    rate = video.playbackRate;
    beats.flush();
  };
  const end = (leaving) => {
    close();
    beats.flush(leaving);
  };

  video.addEventListener("timeupdate", () => {
    if (from === null || video.seeking) return;
    // the browser tells four times a second; more than that at once was a jump
    if (Math.abs(video.currentTime - last) < 2 * video.playbackRate + 1) last = video.currentTime;
  });
  video.addEventListener("playing", begin);
  video.addEventListener("seeking", close);
  video.addEventListener("seeked", () => {
    if (video.paused) beats.open(video.currentTime);
    else begin();
  });
  video.addEventListener("ratechange", tell);
  video.addEventListener("waiting", close);
  video.addEventListener("pause", () => end(false));
  video.addEventListener("ended", () => {
    last = video.currentTime;
    end(false);
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? end(true) : begin()));
  window.addEventListener("pagehide", () => end(true));
}
