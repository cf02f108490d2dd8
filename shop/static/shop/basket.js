// The basket without reloading the page: each button sends its form and the middle of the page is replaced.
// Numbers are sent when they change. Without this script every button works with a page of its own.

const middle = document.querySelector("[data-basket]");

async function send(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  middle.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, {
    method: "POST",
    body: data,
    headers: { "X-Fragment": "basket" },
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const focused = document.activeElement?.id;
  middle.innerHTML = await answer.text();
  middle.removeAttribute("aria-busy");
  document.getElementById(focused)?.focus();
  const count = [...middle.querySelectorAll("input[name=quantity]")].reduce((sum, box) => sum + Number(box.value), 0);
  for (const place of document.querySelectorAll("[data-visitor=basket]")) {
    place.textContent = count;
    place.hidden = !count;
  }
}

if (middle) {
  middle.classList.add("has-script");
  middle.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-basket-form]")) return;
    event.preventDefault();
    send(event.target, event.submitter).catch(() => event.target.submit());
  });
  middle.addEventListener("change", (event) => {
    if (!event.target.matches("input[name=quantity]")) return;
    const form = event.target.form;
    const data = form.querySelector(".basket-count");
    send(form, data).catch(() => form.submit());
  });
}
