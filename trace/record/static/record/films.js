// Plays a film where its still is, once somebody asks for it. Without this script the link opens the film.

const play = (link) => {
  const film = document.createElement("video");
  film.src = link.href;
  film.width = link.dataset.width;
  film.height = link.dataset.height;
  film.controls = true;
  film.playsInline = true;
  film.setAttribute("aria-label", link.getAttribute("aria-label"));
  film.className = link.className;
  film.addEventListener("error", () => location.assign(link.href), { once: true });
  link.replaceWith(film);
  film.focus();
  film.play().catch(() => {}); // the controls are there
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-film]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  play(link);
});
