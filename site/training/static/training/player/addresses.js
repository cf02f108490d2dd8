// Where the film comes from: one file, or parts chosen by the line. Private addresses expire: new ones are
// fetched a minute before, and put in place when the player asks for more and is refused.

const PATIENCE = 5_000; // ms after which an attempt is made again
const SOONEST = 30_000; // ms to a renewal, whatever the clock of the device says
const ATTEMPTS = 3; // in a row without a picture: then it is not the address

// Safari plays parts by itself, and well; others say "maybe" and stumble over parts in one file
const playsParts = (video) =>
  Boolean(video.canPlayType("application/vnd.apple.mpegurl")) &&
  (/^Apple/.test(navigator.vendor) || !window.MediaSource);

export class Addresses {
  constructor(player, video, said) {
    this.video = video;
    this.said = said;
    this.renewal = player.dataset.renew;
    this.partsScript = player.dataset.parts;
    this.playlist = video.dataset.playlist;
    this.files = new Map(
      [...video.querySelectorAll("source[data-height]")].map((each) => [each.dataset.height, each.src]),
    );
    this.chosen = null; // null: what the browser took by itself
    this.parts = null;
    this.attempts = 0;
    video.addEventListener("playing", () => (this.attempts = 0));
    this.plan(player.dataset.until);
    // an error of a source shows at the source, one of what plays at the video; neither bubbles
    video.addEventListener("error", () => this.recover(), true);
    window.addEventListener("online", () => this.lost && this.recover());
  }

  plan(until) {
    clearTimeout(this.timer);
    if (until) this.timer = setTimeout(() => this.renew(), Math.max(SOONEST, new Date(until) - Date.now()));
  }

  // Fetch new addresses; what plays goes on with the old ones until it needs more.
  async renew() {
    const answer = await fetch(this.renewal, { headers: { Accept: "application/json" } });
    const fresh = await answer.json();
    if (!answer.ok) throw new Error(fresh.reason);
    this.playlist = fresh.playlist;
    for (const { height, url } of fresh.sources) this.files.set(String(height), url);
    this.plan(fresh.until);
  }

  async recover() {
    if (this.recovering || this.attempts >= ATTEMPTS) return;
    this.recovering = true;
    this.attempts += 1;
    try {
      await this.renew();
      if (this.attempts > 1 && this.chosen === "auto") this.chosen = null; // a file is simpler than parts
      this.lost = false;
      this.said.textContent = "";
      await this.play(this.chosen ?? [...this.files.keys()][0]);
    } catch (problem) {
      const isLine = problem instanceof TypeError || problem instanceof SyntaxError;
      this.lost = isLine;
      this.said.textContent = isLine ? this.said.dataset.lost : problem.message;
      if (isLine) {
        this.attempts = 0; // there may be none for hours
        setTimeout(() => this.lost && this.recover(), PATIENCE);
      }
    } finally {
      this.recovering = false;
    }
  }

  // Go on from the same place with the file of that height, or with parts ("auto").
  async play(height) {
    const { currentTime, paused, playbackRate } = this.video;
    this.chosen = height;
    this.parts?.destroy();
    this.parts = null;
    if (height === "auto" && !playsParts(this.video)) {
      await this.playParts(currentTime);
    } else {
      this.video.src = height === "auto" ? this.playlist : this.files.get(height);
      this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = currentTime), {
        once: true,
      });
    }
    this.video.playbackRate = playbackRate;
    if (!paused) await this.video.play().catch(() => {}); // a browser may want a touch first
  }

  async playParts(startPosition) {
    const { default: Hls } = await import(this.partsScript);
    // a worker would be made from a blob, which the page's policy does not allow
    this.parts = new Hls({ enableWorker: false, startPosition, capLevelToPlayerSize: true });
    this.parts.on(Hls.Events.ERROR, (_, problem) => problem.fatal && this.recover());
    this.parts.loadSource(this.playlist);
    this.parts.attachMedia(this.video);
  }
}
