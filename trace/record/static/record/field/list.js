// The list of what is on this phone: waiting, sent, or refused with the reasons.

import { dropEntry, entriesOf } from "./store.js";

const LOOK = { waiting: "warn", sending: "brand", sent: "ok", refused: "bad", signed_out: "warn" };

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

export class List {
  constructor({ root, words, user, change, signIn }) {
    Object.assign(this, { root, words, user, change, signIn });
    this.places = root.querySelector(".outbox");
    this.send = root.querySelector("[data-send]");
    this.template = document.getElementById("outbox-entry");
  }

  // `sending` is the key of the entry that is on its way.
  async show(sending) {
    const entries = (await entriesOf(this.user)).reverse();
    this.root.hidden = !entries.length;
    this.send.hidden = !entries.some((entry) => entry.state === "waiting");
    this.places.replaceChildren(...entries.map((entry) => this.place(entry, entry.key === sending ? "sending" : entry.state)));
  }

  place(entry, state) {
    const item = this.template.content.cloneNode(true);
    item.querySelector(".name").textContent = entry.title;
    item.querySelector(".quiet").textContent = `${entry.lots} · ${entry.at.replace("T", " ")}`;
    const tag = item.querySelector(".tag");
    tag.textContent = this.words[state];
    tag.classList.add(LOOK[state]);
    item.querySelector(".why").append(...entry.reasons.map((reason) => Object.assign(document.createElement("li"), { textContent: reason })));
    item.querySelector(".acts").append(...this.acts(entry, state));
    return item;
  }

  acts(entry, state) {
    const drop = button(this.words.drop, () => this.drop(entry));
    if (state === "refused") return [button(this.words.change, () => this.change(entry)), drop];
    if (state === "signed_out") return [button(this.words.sign_in, () => location.assign(this.signIn))];
    return state === "sent" ? [button(this.words.remove, () => this.drop(entry))] : [];
  }

  async drop(entry) {
    await dropEntry(entry.key);
    await this.show();
  }
}
