// The form: reading it, filling it in, and what it offers for the chosen base and batches.

export class Form {
  constructor(form, words) {
    Object.assign(this, { form, words });
    this.grounds = [...form.querySelectorAll("[data-ground]")];
    this.base = form.querySelector("[data-base]");
    this.templates = [...form.querySelectorAll("[data-templates] a")];
    if (this.base) this.base.hidden = false;
    for (const all of form.querySelectorAll("[data-all]")) all.closest("label").hidden = false;
    form.addEventListener("change", (event) => this.changed(event.target));
    for (const link of this.templates) link.addEventListener("click", (event) => this.take(event, link));
    this.offer();
  }

  get batches() {
    return [...this.form.querySelectorAll("[name=batches]")];
  }

  get chosen() {
    return this.batches.filter((box) => box.checked);
  }

  get ground() {
    return this.grounds.find((ground) => !ground.hidden);
  }

  changed(target) {
    if (target === this.base) this.show(target.value);
    if (target.dataset.all !== undefined) for (const box of this.boxes(this.ground)) box.checked = target.checked;
    if (target === this.base || target.name === "batches" || target.dataset.all !== undefined) this.offer();
  }

  boxes(ground) {
    return ground ? [...ground.querySelectorAll("[name=batches]")] : [];
  }

  // Shows one base; batches of another are not chosen behind somebody's back.
  show(base) {
    for (const ground of this.grounds) {
      ground.hidden = ground.dataset.ground !== base;
      if (ground.hidden) for (const box of this.boxes(ground)) box.checked = false;
    }
    if (this.base) this.base.value = base;
  }

  // Templates, inputs, place and member that fit the chosen batches, or all of the base while none is chosen.
  offer() {
    const boxes = this.chosen.length ? this.chosen : this.boxes(this.ground);
    const products = new Set(boxes.map((box) => box.dataset.product));
    const fits = (element) => !element.dataset.product || products.has(element.dataset.product);
    for (const element of [...this.templates, ...this.form.querySelectorAll("#field-substance option")]) element.hidden = !fits(element);
    for (const ground of this.grounds) {
      const all = ground.querySelector("[data-all]");
      if (all) all.checked = this.boxes(ground).every((box) => box.checked);
    }
    this.suggest(boxes);
  }

  // Fills in place and member while nobody wrote anything else there.
  suggest(boxes) {
    const { place, responsible } = this.form.elements;
    const plots = new Set(this.chosen.map((box) => box.dataset.plot));
    const plot = plots.size === 1 ? [...plots][0] : "";
    const where = [this.ground?.dataset.place, plot].filter(Boolean).join(" ");
    if (!place.value || place.value === this.suggested || this.grounds.some((each) => each.dataset.place === place.value)) place.value = this.suggested = where;
    const members = new Set(boxes.map((box) => box.dataset.member));
    if (members.size === 1 && !responsible.dataset.touched) responsible.value = [...members][0];
  }

  take(event, link) {
    event.preventDefault();
    for (const name of ["stage", "step", "title", "inputs", "outputs", "note"]) this.form.elements[name].value = link.dataset[name];
    for (const each of this.templates) each.setAttribute("aria-pressed", String(each === link));
    this.form.dispatchEvent(new Event("input"));
  }

  // The fields as pairs, without files, and without token and key: those belong to one sending.
  read() {
    return [...new FormData(this.form)].filter(([name, value]) => !(value instanceof File) && !["csrfmiddlewaretoken", "key"].includes(name));
  }

  fill(fields) {
    const values = Object.groupBy ? Object.groupBy(fields, ([name]) => name) : grouped(fields);
    const first = this.batches.find((box) => (values.batches || []).some(([, value]) => value === box.value));
    if (first) this.show(first.closest("[data-ground]").dataset.ground);
    for (const box of this.batches) box.checked = (values.batches || []).some(([, value]) => value === box.value);
    for (const [name, value] of fields) if (name !== "batches" && this.form.elements[name]) this.form.elements[name].value = value;
    this.offer();
  }

  // Ready for the next one: what is said of the day, the place and the people stays.
  clear() {
    for (const name of ["title", "inputs", "outputs", "note", "caption", "latitude", "longitude", "photos"]) this.form.elements[name].value = "";
    for (const each of this.templates) each.removeAttribute("aria-pressed");
    this.setNow();
  }

  setNow() {
    const wanted = { timeZone: this.words.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    const now = Object.fromEntries(new Intl.DateTimeFormat("en-GB", wanted).formatToParts(Date.now()).map(({ type, value }) => [type, value]));
    this.form.elements.at.value = `${now.year}-${now.month}-${now.day}T${now.hour}:${now.minute}`;
  }
}

function grouped(fields) {
  const found = {};
  for (const field of fields) (found[field[0]] ??= []).push(field);
  return found;
}

// A random UUID; crypto.randomUUID exists only where the connection is secure.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
