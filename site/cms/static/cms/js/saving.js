// One save after the other: what the editor saves by itself, and what a button saves.
//
// Wagtail's editor begins to save by itself and sends it half a second later. A button pressed meanwhile would
// overtake it, or create a page twice. The button waits; once it has sent, nothing is saved by itself any more.
// The form also says which tab it is in: a version from the same tab is no other version.

const LONGEST_WAY = 20_000; // ms; a press whose page has not come by then was stopped, and may be repeated
const LONGEST_WAIT = 5000; // ms; the server keeps the order whatever arrives, so nobody waits for a lost network
const form = document.querySelector("form[data-edit-form]");
let under = false; // being saved by itself
let leaving = false;

let name = null; // of the button pressed, where it goes along by hand

function hide(name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  return field;
}

// Nothing is on its way any more: what is saved by itself from now on presses no button.
function stay() {
  leaving = false;
  name?.remove();
  name = null;
}

function leave() {
  leaving = true;
  setTimeout(stay, LONGEST_WAY);
}

function settled(wait) {
  return new Promise((done) => {
    for (const end of ["success", "error"]) form.addEventListener(`w-autosave:${end}`, done, { once: true });
    setTimeout(done, wait);
  });
}

function note({ detail }) {
  under = false;
  const { revision_id: version, revision_created_at: at } = detail.data ?? {};
  const fields = [form.elements.namedItem("loaded_revision_id"), form.elements.namedItem("loaded_revision_created_at")];
  if (!version || !fields[0] || !fields[1]) return;
  [fields[0].value, fields[1].value] = [version, at];
}

async function wait(event) {
  if (leaving) {
    event.preventDefault(); // pressed twice: the first goes its way
    return;
  }
  if (under) {
    event.preventDefault();
    event.stopImmediatePropagation();
    leaving = true;
    await settled(LONGEST_WAIT);
    leaving = false;
    under = false;
    // the button shows that it works and is disabled by now: its name goes along by hand
    if (event.submitter?.name) name = hide(event.submitter.name, event.submitter.value || "1");
    form.requestSubmit();
    return;
  }
  leave();
}

if (form) {
  const random = crypto.getRandomValues(new Uint32Array(4));
  hide("saved_from_tab", [...random].map((part) => part.toString(36)).join(""));
  form.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else under = true;
  });
  form.addEventListener("w-autosave:success", note);
  form.addEventListener("w-autosave:error", () => (under = false));
  form.addEventListener("submit", wait, { capture: true });
  addEventListener("pageshow", stay); // back again with the browser's button
}
