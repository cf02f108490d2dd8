// The outbox: what was recorded on this phone is kept until the server says that it has it.
// Each entry has a key of its own; sent twice, it is recorded once.

import { dropEntry, entriesOf, keepEntry } from "./store.js";

const RETRY = 20_000; // ms between attempts while something waits
const PATIENCE = 60_000; // ms for one answer
const SENT_KEPT = 3; // sent entries that stay in the list
const OPEN = ["waiting", "signed_out"];

function parts(entry, token) {
  const data = new FormData();
  data.append("key", entry.key);
  for (const [name, value] of entry.fields) data.append(name, value);
  for (const photo of entry.photos) {
    data.append("photos", photo.blob, "photo.jpg");
    data.append("taken", String(photo.taken));
  }
  data.set("csrfmiddlewaretoken", token);
  return data;
}

export class Outbox {
  constructor({ user, url, token, changed }) {
    Object.assign(this, { user, url, token, changed, busy: null });
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
    setInterval(() => this.flush(), RETRY);
  }

  keep(entry) {
    return keepEntry({ ...entry, user: this.user, made: Date.now(), state: "waiting", reasons: [] });
  }

  // Sends what waits, oldest first. Only one page of this phone does so at a time.
  flush() {
    this.busy ??= this.locked().finally(() => (this.busy = null));
    return this.busy;
  }

  locked() {
    if (!navigator.locks) return this.send();
    return navigator.locks.request("fengtu-field", { ifAvailable: true }, (lock) => lock && this.send());
  }

  async send() {
    for (const entry of await entriesOf(this.user)) {
      if (OPEN.includes(entry.state) && !(await this.sent(entry))) break;
    }
    await this.tidy();
    await this.changed();
  }

  // Tells whether the next one may be tried: not without a signal, and not before signing in.
  async sent(entry) {
    await this.changed(entry.key);
    const answer = await this.post(entry);
    if (!answer || answer.status >= 500 || answer.status === 429) return false;
    if (answer.status === 401) return this.settle(entry, { state: "signed_out" }, false);
    if (answer.status === 422) return this.settle(entry, { state: "refused", reasons: answer.told.reasons }, true);
    if (answer.ok && answer.told.state === "recorded") return this.settle(entry, { state: "sent", photos: [], reasons: [] }, true);
    return false;
  }

  async settle(entry, news, go) {
    await keepEntry({ ...entry, ...news });
    return go;
  }

  async post(entry, again = false) {
    const stop = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    const options = { method: "POST", body: parts(entry, this.token()), headers: { accept: "application/json" }, credentials: "same-origin", signal: stop };
    try {
      const response = await fetch(this.url, options);
      if (response.status === 403 && !again) return (await this.renew()) ? await this.post(entry, true) : { status: 401, told: {} };
      const isTold = (response.headers.get("content-type") || "").startsWith("application/json");
      return { ok: response.ok, status: response.status, told: isTold ? await response.json() : {} };
    } catch {
      return null; // no signal, or it broke off: the key makes it safe to try again
    }
  }

  // After signing in anew the page's token is stale: take the one of a fresh page, if we still get one.
  async renew() {
    const page = await fetch(this.url, { credentials: "same-origin", cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-form] [name=csrfmiddlewaretoken]");
    if (fresh) document.querySelector("[data-form] [name=csrfmiddlewaretoken]").value = fresh.value;
    return Boolean(fresh);
  }

  async tidy() {
    const sent = (await entriesOf(this.user)).filter((entry) => entry.state === "sent");
    for (const entry of sent.slice(0, -SENT_KEPT)) await dropEntry(entry.key);
  }
}
