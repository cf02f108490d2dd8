/* Keeps a form while somebody writes. Without it the Save button does the same. */

const PAUSE = 2500; // ms without a key before it is saved

class Draft {
  constructor(form) {
    this.form = form;
    this.says = form.querySelector("[data-says]");
    this.running = null;
    this.stopped = false;
    form.addEventListener("input", (event) => this.later(event));
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.save());
  }

  later(event) {
    if (event.target.type === "file" || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    if (this.stopped || this.running) return;
    this.running = this.send();
    await this.running;
    this.running = null;
  }

  async send() {
    const sent = this.text();
    try {
      const answer = await fetch(this.form.dataset.draft, { method: "POST", body: sent, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) return this.stop(this.form.dataset.signedOut);
      const told = await answer.json();
      if (answer.status === 409) return this.stop(told.message);
      this.form.elements.version.value = told.version;
      this.says.textContent = told.message;
    } catch {
      this.says.textContent = this.form.dataset.offline;
    }
  }

  /* Files go with a button: sending them again and again would cost the phone its data. */
  text() {
    const data = new FormData(this.form);
    for (const input of this.form.querySelectorAll("[type=file]")) data.delete(input.name);
    return data;
  }

  stop(words) {
    this.stopped = true;
    this.says.textContent = words;
  }

  /* A button pressed while a save is on its way waits for it: both would carry the same version. */
  beforeSubmit(event) {
    clearTimeout(this.timer);
    if (!this.running) return;
    event.preventDefault();
    this.running.then(() => this.form.requestSubmit(event.submitter));
  }
}

for (const form of document.querySelectorAll("[data-draft]")) new Draft(form);
