// The checkout without page loads: lists of places that follow one another, amounts counted anew,
// a pasted address read in place. Everything works without this, by the buttons of the form.

const form = document.getElementById("checkout");
const at = (name) => form.elements[name];

async function ask(part, does) {
  const body = new FormData(form);
  body.set("do", does);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": part } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer;
}

let counting = 0;
async function count() {
  const mine = ++counting;
  try {
    const answer = await ask("amounts", "count");
    const markup = await answer.text();
    if (mine !== counting) return;
    const amounts = document.getElementById("amounts");
    amounts.innerHTML = markup;
    document.querySelector("[data-total]").textContent = amounts.querySelector("[data-sum]").textContent;
    const stopped = amounts.querySelector("button.main").disabled;
    document.querySelector(".buybar button").disabled = stopped;
  } catch {
    say(form.dataset.offline);
  }
}

function say(words) {
  const amounts = document.getElementById("amounts");
  let line = amounts.querySelector("[data-says]");
  if (!line) {
    line = document.createElement("p");
    line.className = "note warn";
    line.dataset.says = "";
    line.setAttribute("role", "status");
    amounts.append(line);
  }
  line.textContent = words;
}

let places;
async function divisions() {
  places ??= fetch(form.dataset.divisions).then((answer) => answer.json());
  return places;
}

function below(all, code, step) {
  if (!code) return [];
  const head = code.slice(0, step);
  const found = all.filter((one) => one.code.startsWith(head) && one.code !== code);
  if (step === 2) return found.filter((one) => one.code.endsWith("00"));
  return found.length ? found : all.filter((one) => one.code === code);
}

async function fill(select, code, step, chosen = "") {
  const list = below(await divisions(), code, step);
  select.length = 1;
  for (const one of list) select.add(new Option(one.name, one.code, false, one.code === chosen));
  if (!chosen && list.length === 1) select.value = list[0].code;
}

function show() {
  form.dataset.delivery = at("delivery").value;
  form.dataset.invoice = at("invoice").value;
}
show();
form.addEventListener("change", show);

form.addEventListener("change", async (event) => {
  const name = event.target.name;
  if (name === "province") {
    await fill(at("city"), at("province").value, 2);
    await fill(at("district"), at("city").value, 4);
  } else if (name === "city") {
    await fill(at("district"), at("city").value, 4);
  }
  if (["province", "city", "district", "delivery"].includes(name)) count();
  if (name === "phone") count(); // a coupon for new buyers asks who it is
});

async function read() {
  const values = await (await ask("fields", "read")).json();
  for (const name of ["phone", "name", "street", "receiver_phone"]) if (values[name]) at(name).value = values[name];
  if (values.district) {
    at("province").value = values.province;
    await fill(at("city"), values.province, 2, values.city);
    await fill(at("district"), values.city, 4, values.district);
    count();
  }
}

form.addEventListener("click", (event) => {
  if (event.target.closest("[name=do][value=read]")) {
    event.preventDefault();
    read().catch(() => say(form.dataset.offline));
  }
});
at("pasted").addEventListener("paste", () => setTimeout(() => read().catch(() => {}), 0));

// a second press waits for the first; coming back by the browser's button lets it be pressed again
form.addEventListener("submit", () => setTimeout(() => lock(true), 0));
window.addEventListener("pageshow", () => lock(false));
function lock(locked) {
  for (const button of document.querySelectorAll("button.main[form=checkout], #amounts button.main")) {
    button.classList.toggle("busy", locked);
    button.setAttribute("aria-busy", String(locked));
    if (locked) button.disabled = true;
  }
}
