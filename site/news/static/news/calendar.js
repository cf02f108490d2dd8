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
  if (card.hasAttribute("data-plan")) byKeys(card.querySelector("summary"), form);
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

/* Arrows on the button that opens the form choose a day, Enter puts the card there, Escape leaves it. */
function byKeys(button, form) {
  const from = form.elements.planned_on.value;
  let day = from;

  const choose = (next) => {
    day = next;
    button.classList.toggle("plan-picked", day !== from);
    mark(day === from ? null : cell(day));
    said.textContent = day === from ? "" : `${said.dataset.put} ${day}`;
  };
  button.addEventListener("blur", () => choose(from));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (step) {
      event.preventDefault();
      const next = shifted(day, step);
      if (next >= calendar.dataset.today || next === from) choose(next);
    } else if (event.key === "Escape") {
      choose(from);
    } else if (event.key === "Enter" && day !== from) {
      event.preventDefault();
      put(form, day);
    }
  });
}

function cell(day) {
  return calendar.querySelector(`[data-day="${day}"]`);
}

function shifted(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
