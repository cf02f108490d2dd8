// Into the basket without leaving the page: the form is sent and what lies in the basket opens in a sheet.

const ADD = /\/basket\/add\/\d+\/$/;

function sheet() {
  const found = document.querySelector("dialog.basket-sheet");
  if (found) return found;
  const made = document.createElement("dialog");
  made.className = "basket-sheet stack";
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close();
  });
  document.body.append(made);
  return made;
}

async function add(form) {
  const home = new URL(form.action);
  const sent = await fetch(home, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (!sent.ok || !sent.url.endsWith("/basket/")) {
    location.assign(sent.url); // refused or asked again: the page says why
    return;
  }
  const mini = await fetch(home.pathname.replace(ADD, "/basket/mini/"), { credentials: "same-origin" });
  const place = sheet();
  place.innerHTML = await mini.text();
  place.showModal();
  const count = Number(place.querySelector("[data-pieces]")?.dataset.pieces ?? 0);
  for (const spot of document.querySelectorAll("[data-visitor=basket]")) {
    spot.textContent = count;
    spot.hidden = !count;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!ADD.test(form.action) || !window.HTMLDialogElement) return;
  if (event.submitter?.hasAttribute("formaction") || event.submitter?.name) return; // "buy now" goes its own way
  event.preventDefault();
  add(form).catch(() => form.submit());
});
