// The page in the field. Without this script the form is an ordinary one; with it an event is kept on the
// phone first and sent when there is a signal.

import { Form, newKey } from "./form.js";
import { List } from "./list.js";
import { MOST, made, thumbnail } from "./photos.js";
import { Outbox } from "./outbox.js";
import { draftOf, dropDraft, dropEntry, keepDraft } from "./store.js";

class Page {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(document.getElementById("field-words").textContent);
    this.user = root.dataset.user;
    this.photos = [];
    const change = (entry) => this.change(entry), signIn = root.dataset.signIn;
    this.list = new List({ root: root.querySelector("[data-outbox]"), words: this.words, user: this.user, change, signIn });
    const element = root.querySelector("[data-form]");
    if (!element) return;
    this.element = element;
    this.form = new Form(element, this.words);
    const token = () => element.elements.csrfmiddlewaretoken.value;
    this.outbox = new Outbox({ user: this.user, url: location.pathname, token, changed: (key) => this.list.show(key) });
  }

  async start() {
    await this.list.show();
    this.signal();
    addEventListener("online", () => this.signal());
    addEventListener("offline", () => this.signal());
    if (!this.element) return;
    await this.resume();
    this.listen();
    this.locate();
    this.register();
    await this.outbox.flush();
  }

  listen() {
    const { element } = this;
    element.addEventListener("submit", (event) => this.submit(event));
    element.addEventListener("input", () => this.soon());
    element.addEventListener("change", () => this.soon());
    element.elements.responsible.addEventListener("change", (event) => (event.target.dataset.touched = "1"));
    element.elements.photos.addEventListener("change", (event) => this.addPhotos(event.target));
    element.elements.at.addEventListener("input", () => (this.dated = true));
    this.list.send.addEventListener("click", () => this.outbox.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.dated || element.elements.title.value || this.form.setNow());
  }

  signal() {
    this.root.querySelector("[data-offline]").hidden = navigator.onLine;
  }

  say(text) {
    const note = this.root.querySelector("[data-says]");
    note.textContent = text;
    note.hidden = !text;
  }

  // --- the draft

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 300);
  }

  async keep() {
    await keepDraft({ user: this.user, fields: this.form.read(), photos: this.photos }).catch(() => this.say(this.words.full));
  }

  async resume() {
    const draft = await draftOf(this.user);
    const asked = new URLSearchParams(location.search).has("template");
    if (!draft || asked || this.element.querySelector(".error, .note.bad")) return;
    this.form.fill(draft.fields);
    this.photos = draft.photos;
    this.dated = true;
    await this.showPhotos();
    if (this.element.elements.title.value) this.say(this.words.draft);
  }

  // --- photos

  async addPhotos(input) {
    for (const file of input.files) {
      if (this.photos.length >= MOST) { this.say(this.words.photos_many); break; }
      try {
        this.photos.push(await made(file));
      } catch {
        this.say(this.words.photo_bad.replace("{name}", file.name));
      }
    }
    input.value = ""; // they are in `photos` now
    await this.showPhotos();
    await this.keep();
  }

  async showPhotos() {
    const items = await Promise.all(this.photos.map(async (photo) => {
      const item = document.createElement("li"), remove = document.createElement("button");
      Object.assign(remove, { type: "button", textContent: "×", ariaLabel: this.words.remove });
      remove.addEventListener("click", () => this.removePhoto(photo));
      item.append(await thumbnail(photo.blob), remove);
      return item;
    }));
    this.root.querySelector(".thumbs").replaceChildren(...items);
    const again = this.root.querySelector("[data-again]");
    if (again) again.hidden = true;
  }

  async removePhoto(photo) {
    this.photos = this.photos.filter((each) => each !== photo);
    await this.showPhotos();
    await this.keep();
  }

  // --- place and inputs

  locate() {
    const place = this.root.querySelector("[data-locate]");
    if (!navigator.geolocation) return;
    place.hidden = false;
    const note = place.querySelector("[role=status]"), { latitude, longitude } = this.element.elements;
    const found = ({ coords }) => {
      latitude.value = coords.latitude.toFixed(5);
      longitude.value = coords.longitude.toFixed(5);
      note.textContent = this.words.located.replace("{metres}", Math.ceil(coords.accuracy));
      this.soon();
    };
    const lost = () => (note.textContent = this.words.not_located);
    place.querySelector("button").addEventListener("click", () => {
      note.textContent = this.words.locating;
      navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
    });
  }

  register() {
    const row = this.root.querySelector("[data-register]");
    if (!row) return;
    row.hidden = false;
    const [select, amount] = [row.querySelector("select"), row.querySelector("input")];
    const says = this.root.querySelector("[data-interval]"), { inputs } = this.element.elements;
    select.addEventListener("change", () => {
      const { days } = select.selectedOptions[0].dataset;
      says.hidden = !Number(days);
      says.textContent = this.words.wait_days.replace("{name}", select.value).replace("{days}", days);
    });
    row.querySelector("button").addEventListener("click", () => {
      if (!select.value) return;
      const line = [select.value, amount.value.trim(), amount.value.trim() && select.selectedOptions[0].dataset.unit].filter(Boolean).join(" ");
      inputs.value = [inputs.value.trim(), line].filter(Boolean).join("\n");
      select.value = amount.value = "";
      this.soon();
    });
  }

  // --- sending

  async submit(event) {
    event.preventDefault();
    const button = this.element.querySelector(".main");
    button.disabled = true; // one press, one entry
    await this.record().finally(() => (button.disabled = false));
  }

  async record() {
    const chosen = this.form.chosen;
    if (!chosen.length) return this.say(this.words.choose_batch);
    const { elements } = this.element, lot = chosen[0].dataset.lot;
    const lots = chosen.length === 1 ? lot : this.words.lots.replace("{lot}", lot).replace("{count}", chosen.length - 1);
    const entry = { key: newKey(), title: elements.title.value, at: elements.at.value, lots, fields: this.form.read(), photos: this.photos };
    clearTimeout(this.timer);
    try {
      await this.outbox.keep(entry);
    } catch {
      return this.say(this.words.full);
    }
    await this.reset();
    this.say(navigator.onLine ? "" : this.words.kept);
    await this.list.show();
    this.list.root.scrollIntoView({ block: "start" });
    await this.outbox.flush();
  }

  async reset() {
    this.photos = [];
    this.dated = false;
    this.form.clear();
    this.root.querySelector(".thumbs").replaceChildren();
    await dropDraft(this.user);
  }

  // A refused entry goes back into the form; nothing was recorded of it.
  async change(entry) {
    this.form.fill(entry.fields);
    this.photos = entry.photos;
    this.dated = true;
    await this.showPhotos();
    await this.keep();
    await dropEntry(entry.key);
    await this.list.show();
    this.element.scrollIntoView({ block: "start" });
  }
}

// Lets the page open without a signal once it was opened with one.
async function remember(root) {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(root.dataset.worker);
  const cache = await caches.open("fengtu-field");
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = parts.filter((name) => name.startsWith(`${location.origin}/static/`));
  await Promise.allSettled([...new Set([location.pathname, ...ours])].map((name) => cache.add(name)));
}

const root = document.querySelector("[data-field]");
if (root && window.indexedDB) {
  new Page(root).start().catch((error) => console.warn(error)); // a browser that keeps nothing: an ordinary form
  remember(root).catch(() => {}); // it works without: the page then needs a signal to be opened
}
