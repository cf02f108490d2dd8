// Live readings: applies what the server sends to the readings it rendered before (live_metrics.html).
// One connection for each base on the page: a websocket, or server-sent events where those do not get through.

const POINTS = 60;
const MINUTE = 60_000; // ms
const PAUSE_AFTER = MINUTE; // ms a hidden page stays connected
const LONGEST_WAIT = 30_000; // ms between attempts
const STALE = 30 * 60; // s a metric may lag behind its device
const GAP_STEPS = 3.5, LEAST_GAP = 900; // as in live/sparkline.py
const SVG = "http://www.w3.org/2000/svg";

class Words {
  constructor(root) {
    this.say = JSON.parse(root.dataset.liveWords);
    this.points = root.dataset.livePoints.split(" ");
    const wanted = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" };
    this.clock = new Intl.DateTimeFormat("en-GB", { timeZone: this.say.zone, ...wanted });
  }

  parts(ms) {
    return Object.fromEntries(this.clock.formatToParts(ms).map(({ type, value }) => [type, value]));
  }

  time(ms, seconds) {
    const at = this.parts(ms), now = this.parts(Date.now());
    const minutes = `${at.hour}:${at.minute}`;
    if (at.day !== now.day || at.month !== now.month || at.year !== now.year)
      return `${this.say.day.replace("{month}", at.month).replace("{day}", at.day)} ${minutes}`;
    return seconds ? `${minutes}:${at.second}` : minutes;
  }

  // What a value was that is not current: of a device that is gone, or of one metric it stopped sending.
  was(online, value, ms) {
    return this.say[online ? "last" : "gone"].replace("{value}", value).replace("{time}", this.time(ms));
  }
}

const joined = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

function shape(name, kind, points) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", kind);
  element.setAttribute("points", joined(points));
  return element;
}

// The same line as live/sparkline.py: pauses are dotted, never bridged.
function draw(svg, points) {
  if (points.length < 2) return;
  const seconds = points.map((point) => point[0]), values = points.map((point) => point[1]);
  const low = Math.min(...values), high = Math.max(...values);
  const across = 120 / (seconds[seconds.length - 1] - seconds[0] || 1);
  const up = high > low ? 26 / (high - low) : 0;
  const placed = points.map(([at, value]) => [(at - seconds[0]) * across, (up ? 34 : 21) - (value - low) * up]);
  const steps = seconds.slice(1).map((at, i) => at - seconds[i]);
  const longest = Math.max(GAP_STEPS * [...steps].sort((a, b) => a - b)[(steps.length - 1) >> 1], LEAST_GAP);
  const runs = [[placed[0]]];
  steps.forEach((step, i) => (step > longest ? runs.push([placed[i + 1]]) : runs[runs.length - 1].push(placed[i + 1])));
  const areas = runs.filter((run) => run.length > 1).map((run) => shape("polygon", "a", [[run[0][0], 40], ...run, [run[run.length - 1][0], 40]]));
  const lines = runs.map((run) => shape("polyline", "l", run.length > 1 ? run : [run[0], run[0]]));
  const gaps = runs.slice(1).map((run, i) => shape("polyline", "gap", [runs[i][runs[i].length - 1], run[0]]));
  svg.replaceChildren(...areas, ...lines, ...gaps);
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

class Tile {
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.points = [];
    this.find = (name) => root.querySelector(name);
  }

  add(at, value) {
    const newest = this.points[this.points.length - 1];
    if (newest && at < newest[0]) return;
    if (newest && at === newest[0]) this.points.pop();
    this.points.push([at, value]);
    if (this.points.length > POINTS) this.points.shift();
  }

  text(value) {
    if ("circular" in this.root.dataset) return this.words.points[Math.round(value / 22.5) % 16];
    const rounded = value.toFixed(this.root.dataset.decimals);
    return Number(rounded) === 0 ? rounded.replace("-", "") : rounded;
  }

  show(online, deviceAt) {
    if (!this.points.length) return;
    const [at, value] = this.points[this.points.length - 1];
    const quiet = !online || deviceAt - at > STALE;
    this.root.hidden = false;
    this.root.classList.toggle("quietly", quiet);
    put(this.find("[data-value]"), quiet ? "—" : this.text(value));
    put(this.find("[data-degrees]"), quiet ? "" : `${value.toFixed(0)}°`);
    const last = this.find("[data-last]");
    last.hidden = !quiet;
    put(last, quiet ? this.words.was(online, this.text(value), at * 1000) : "");
    const svg = this.find("svg");
    if (svg) draw(svg, this.points);
  }
}

class Station {
  constructor(root, words) {
    this.words = words;
    this.state = root.querySelector("[data-live-state]");
    this.time = root.querySelector("[data-live-time]");
    this.nothing = root.querySelector("[data-live-nothing]");
    this.silent = root.dataset.liveSilent * 1000;
    this.tiles = new Map();
    for (const tile of root.querySelectorAll("[data-metric]")) this.tiles.set(tile.dataset.metric, new Tile(tile, words));
    this.at = 0; // s, device's clock
    this.heard = 0; // ms, our clock
    this.online = false;
  }

  snapshot(device, at) {
    for (const [metric, tile] of this.tiles) tile.points = (device.history[metric] || []).slice(-POINTS);
    this.at = Math.max(0, ...Object.values(device.history).map((points) => points[points.length - 1][0]));
    this.online = device.online;
    this.heard = Date.now() - (Date.parse(at) - Date.parse(device.last_seen || 0));
    this.show();
  }

  reading({ at, values }) {
    const seconds = Date.parse(at) / 1000;
    for (const [metric, value] of Object.entries(values)) this.tiles.get(metric)?.add(seconds, value);
    this.at = Math.max(this.at, seconds);
    this.online = true;
    this.heard = Date.now();
    this.show();
  }

  status({ online }) {
    this.online = online;
    if (online) this.heard = Date.now();
    this.show();
  }

  // Current means: the server says so and it was heard lately. A silent connection proves nothing.
  get current() {
    return this.online && Date.now() - this.heard < this.silent;
  }

  show() {
    this.shown = this.current;
    for (const tile of this.tiles.values()) tile.show(this.shown, this.at);
    if (this.at) {
      this.nothing.hidden = true;
      put(this.time, this.words.time(this.at * 1000, true));
      this.time.dateTime = new Date(this.at * 1000).toISOString();
    }
    this.say(this.shown ? "live" : "offline");
  }

  say(word) {
    put(this.state, this.words.say[word]);
    this.state.classList.toggle("off", word !== "live");
  }

  tick() {
    if (this.at && this.shown !== this.current) this.show();
  }
}

class Link {
  constructor(slug) {
    this.slug = slug;
    this.stations = [];
    this.failed = 0; // attempts in a row that brought nothing
    this.preferred = "socket";
  }

  add(root) {
    const words = new Words(root);
    for (const station of root.querySelectorAll("[data-live-device]"))
      this.stations.push([station.dataset.liveDevice, new Station(station, words)]);
  }

  open() {
    clearTimeout(this.waiting);
    this.close();
    const way = this.failed % 4 < 2 || !window.EventSource ? this.preferred : this.preferred === "socket" ? "events" : "socket";
    const mine = (this.talking = { way });
    const over = (code) => this.talking === mine && this.over(code);
    const got = ({ data }) => this.talking === mine && this.got(JSON.parse(data));
    this.slow = setTimeout(() => this.say(this.failed ? "again" : "connecting"), 1500);
    try {
      if (way === "socket") {
        mine.end = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/ws/bases/${this.slug}/`);
        mine.end.onclose = ({ code }) => over(code);
      } else {
        mine.end = new EventSource(`/bases/${this.slug}/live/`);
        mine.end.onerror = () => over();
      }
      mine.end.onmessage = got;
    } catch {
      over();
    }
    this.heard = Date.now();
  }

  close() {
    clearTimeout(this.slow);
    const { end } = this.talking || {};
    this.talking = undefined;
    end?.close();
  }

  over(code) {
    this.close();
    if (code === 4404) return this.say("offline");
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(this.failed, 5)) * (0.5 + Math.random());
    this.failed += 1;
    this.slow = setTimeout(() => this.say("again"), 1500);
    this.waiting = setTimeout(() => this.open(), wait);
  }

  got(frame) {
    clearTimeout(this.slow);
    this.failed = 0;
    this.preferred = this.talking.way;
    this.heard = Date.now();
    for (const [device, station] of this.stations) {
      if (frame.type === "snapshot") {
        const found = frame.devices.find(({ id }) => id === device);
        if (found) station.snapshot(found, frame.at);
      } else if (frame.device === device) station[frame.type]?.(frame);
    }
  }

  say(word) {
    for (const [, station] of this.stations) station.say(word);
  }

  tick() {
    if (!this.talking) return;
    for (const [, station] of this.stations) station.tick();
    // A phone that changed networks is not told that its connection is gone.
    const patience = this.stations.map(([, station]) => (station.online ? Math.max(MINUTE, station.silent) : 5 * MINUTE));
    if (Date.now() - this.heard > 2 * Math.min(...patience)) this.over();
  }
}

const links = new Map();
for (const root of document.querySelectorAll("[data-live-base]")) {
  const slug = root.dataset.liveBase;
  if (!links.has(slug)) links.set(slug, new Link(slug));
  links.get(slug).add(root);
}

const each = (what) => [...links.values()].forEach((link) => link[what]());
let hidden;

function resume() {
  clearTimeout(hidden);
  each("tick");
  for (const link of links.values()) if (!link.talking) link.open();
}

function pause() {
  hidden = setTimeout(() => links.forEach((link) => (clearTimeout(link.waiting), link.close())), PAUSE_AFTER);
}

document.addEventListener("visibilitychange", () => (document.hidden ? pause() : resume()));
window.addEventListener("online", () => each("open"));
window.addEventListener("pageshow", ({ persisted }) => persisted && resume());
setInterval(() => each("tick"), 5000);
each("open");
