/* The product page with a script: price of the chosen size, numbers by a thumb, the sheet closed by Escape. */

const order = document.getElementById("order");

function write(place, chosen) {
  const price = place.querySelector(".price");
  if (!price) return;
  const parts = { price: chosen.dataset.price, was: chosen.dataset.was, unit: chosen.dataset.unit };
  price.textContent = "";
  const sign = document.createElement("small");
  sign.textContent = "¥";
  price.append(sign, parts.price);
  if (parts.was) {
    const was = document.createElement("s");
    was.textContent = `¥${parts.was}`;
    price.append(" ", was);
  }
  if (parts.unit && !place.classList.contains("buybar")) {
    const unit = document.createElement("small");
    unit.className = "unit";
    unit.textContent = parts.unit;
    price.append(" ", unit);
  }
}

function pick(chosen) {
  const places = [...document.querySelectorAll("[data-price-of], .sheet-head, .buybar")];
  places.forEach((place) => write(place, chosen));
  // what else was said of the first size is not true of this one
  document.querySelectorAll("[data-price-of] > .fine").forEach((line) => line.remove());
  const picked = document.querySelector("[data-picked]");
  if (picked) picked.textContent = chosen.dataset.label;
}

function step(field) {
  const input = field.querySelector("input");
  const frame = document.createElement("div");
  frame.className = "stepper";
  input.replaceWith(frame);
  const button = (sign, by, label) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => {
      const next = (Number.parseInt(input.value, 10) || 1) + by;
      input.value = Math.min(Number(input.max), Math.max(Number(input.min), next));
    });
    return made;
  };
  frame.append(button("−", -1, field.dataset.less || "−"), input, button("+", 1, field.dataset.more || "+"));
}

if (order) {
  order.addEventListener("change", (event) => {
    if (event.target.name === "child_id") pick(event.target);
  });
  order.querySelectorAll(".field.pieces").forEach(step);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#choose") location.hash = "#main";
  });
}

document.querySelectorAll("[data-gallery], [data-carousel]").forEach((gallery) => {
  const frame = gallery.querySelector(".gallery-large, .slides");
  const links = [...gallery.querySelectorAll('.rail a[href^="#"], .dots a')];
  const show = (place) => {
    links.forEach((link, at) => (at === place ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  links.forEach((link, at) =>
    link.addEventListener("click", (event) => {
      if (at >= frame.children.length) return;
      event.preventDefault();
      frame.scrollTo({ left: at * frame.clientWidth });
    }),
  );
  frame.addEventListener("scroll", () => show(Math.round(frame.scrollLeft / frame.clientWidth)), { passive: true });
  show(0);
});
