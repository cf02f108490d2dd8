/* The calendar of posts: cards are dragged, or moved by keys, to another day.

   Either way the form of the card is filled in and sent: without this module the same form is used by hand. */

const calendar = document.getElementById("calendar");
const said = document.getElementById("calendar-said");
const DAY = 86_400_000;
let dragged = null;

for (const card of document.querySelectorAll("[data-plan], [data-suggestion]")) {
  const form = dateForm(card);
  if (!form) continue;
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = form;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.id);
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
  if (card.hasAttribute("data-plan")) addHandle(card, form);
}

for (const day of calendar.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    mark(day);
  });
  day.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    put(dragged, day.dataset.day);
  });
}

const target = location.hash && document.getElementById(location.hash.slice(1));
target?.querySelector(".plan-handle, a")?.focus({ preventScroll: true });

function dateForm(card) {
  return card.querySelector('input[name="planned_on"]')?.form;
}

function put(form, day) {
  form.elements.planned_on.value = day;
  const plan = form.querySelector('button[value="plan"]');
  plan ? form.requestSubmit(plan) : form.requestSubmit();
}

function mark(day) {
  for (const other of calendar.querySelectorAll(".plan-drop")) other.classList.remove("plan-drop");
  day?.classList.add("plan-drop");
}

/* A button that picks the card up: arrows choose a day, Enter puts it down, Escape leaves it. */
function addHandle(card, form) {
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "plan-handle";
  handle.textContent = "⇄";
  handle.setAttribute("aria-pressed", "false");
  handle.setAttribute("aria-label", card.querySelector("summary").getAttribute("aria-label"));
  card.querySelector(".plan-acts").append(handle);
  const from = form.elements.planned_on.value;
  let day = from;

  const pick = (on) => {
    handle.setAttribute("aria-pressed", String(on));
    day = from;
    mark(on ? cell(day) : null);
    said.textContent = on ? said.dataset.picked : "";
  };
  handle.addEventListener("click", () => {
    if (handle.getAttribute("aria-pressed") === "false") pick(true);
    else if (day === from) pick(false);
    else put(form, day);
  });
  handle.addEventListener("blur", () => pick(false));
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (handle.getAttribute("aria-pressed") === "false") return;
    if (event.key === "Escape") pick(false);
    if (!step) return;
    event.preventDefault();
    const next = shifted(day, step);
    if (next < calendar.dataset.today) return;
    day = next;
    mark(cell(day));
    said.textContent = `${said.dataset.put} ${day}`;
  });
}

function cell(day) {
  return calendar.querySelector(`[data-day="${day}"]`);
}

function shifted(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
