// Turns the pictures of a gallery by buttons and arrow keys; without this script a finger or the scroll bar does.

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

function nearest(slides, pictures) {
  const left = slides.scrollLeft;
  const distances = pictures.map((picture) => Math.abs(picture.offsetLeft - pictures[0].offsetLeft - left));
  return distances.indexOf(Math.min(...distances));
}

function dress(gallery) {
  const slides = gallery.querySelector(".slides");
  const pictures = [...slides.children];
  const buttons = [...gallery.querySelectorAll("[data-turn]")];
  if (pictures.length < 2) return;

  const show = () => {
    const place = nearest(slides, pictures);
    const end = slides.scrollLeft + slides.clientWidth >= slides.scrollWidth - 2;
    buttons[0].disabled = place === 0;
    buttons[1].disabled = end;
  };
  const turn = (steps) => {
    const next = pictures[Math.max(0, Math.min(pictures.length - 1, nearest(slides, pictures) + steps))];
    slides.scrollTo({ left: next.offsetLeft - pictures[0].offsetLeft, behavior: STILL.matches ? "auto" : "smooth" });
  };

  buttons.forEach((button) => button.addEventListener("click", () => turn(Number(button.dataset.turn))));
  slides.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!steps || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    turn(steps);
  });
  slides.addEventListener("scroll", show, { passive: true });
  gallery.querySelector(".turner").hidden = false;
  show();
}

document.querySelectorAll("[data-gallery]").forEach(dress);
