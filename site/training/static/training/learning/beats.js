// Beats to the server: pieces of [from, to, speed], kept until they are answered.
const EVERY = 4_000; // ms
const MOST_KEPT = 40;

export class Beats {
  constructor(place) {
    this.place = place;
    this.url = place.dataset.url;
    this.token = place.dataset.token;
    this.page = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 10)}`;
    this.kept = [];
    this.position = Number(place.dataset.position);
    this.end = false;
    this.told = { position: this.position, end: this.end };
    this.needed = Number(place.dataset.needed);
  }

  // Call `tell` every few seconds as long as something is played or read.
  start(tell) {
    this.timer ??= setInterval(tell, EVERY);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  // Say that playing begins: from now on time counts. What is not told yet goes first.
  open(position) {
    this.position = position;
    return this.kept.length ? this.flush() : this.send([]);
  }

  add(from, to, rate) {
    this.position = to;
    if (to - from < 0.05) return;
    const last = this.kept.at(-1);
    if (last && last[1] === from && last[2] === rate) last[1] = to;
    else this.kept.push([from, to, rate]);
    this.kept = this.kept.slice(-MOST_KEPT);
  }

  // Tell what is kept; the page may be closing (`leaving`), the browser then sends it by itself.
  async flush(leaving = false) {
    if (this.sending && !leaving) return;
    // a tab left open long ago would otherwise, when it is closed, bring back the place it stopped at
    const isOld = this.position === this.told.position && this.end === this.told.end;
    if (!this.kept.length && isOld) return;
    const pieces = this.kept;
    this.kept = [];
    if (!(await this.send(pieces, leaving))) this.kept = [...pieces, ...this.kept].slice(-MOST_KEPT);
  }

  async send(pieces, leaving = false) {
    const round = (seconds) => Math.round(Math.max(0, seconds) * 1000) / 1000;
    const rounded = pieces.map(([from, to, rate]) => [round(from), round(to), rate]);
    const { position, end } = this;
    const facts = { token: this.token, page: this.page, position: round(position), pieces: rounded, end };
    this.sending = true;
    try {
      const answer = await fetch(this.url, { method: "POST", body: JSON.stringify(facts), keepalive: leaving });
      if (answer.ok) this.told = { position, end };
      return await this.take(answer);
    } catch {
      this.say(this.place.dataset.lost);
      return false;
    } finally {
      this.sending = false;
    }
  }

  // Read the answer; false: tell it again.
  async take(answer) {
    if (answer.ok) {
      this.show(await answer.json());
      return true;
    }
    if (answer.status >= 500) return false; // busy, or just starting again behind its proxy
    if (answer.status === 403 && (await this.refresh())) return false;
    this.say(this.place.dataset.refused);
    return true;
  }

  // Ask for a new pass and for where somebody stopped meanwhile, maybe elsewhere.
  async refresh() {
    const answer = await fetch(this.place.dataset.state, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return null;
    const state = await answer.json();
    this.token = state.token;
    return state;
  }

  show({ credited, done }) {
    const percent = Math.min(99, Math.floor((100 * credited) / Math.max(1, this.needed)));
    this.say(done ? this.place.dataset.done : this.place.dataset.words.replace("{percent}", percent));
    if (done) this.place.classList.add("ok");
  }

  say(words) {
    if (this.place.textContent !== words) this.place.textContent = words;
  }
}
