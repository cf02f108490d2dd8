// The transcript: a click leads to the place, and what is being said is marked and kept in sight.

export function followWords(video, section) {
  if (!section) return;
  const list = section.querySelector("ol");
  const places = [...section.querySelectorAll("[data-at]")];
  let current = null;
  list.addEventListener("click", (event) => {
    const place = event.target.closest("[data-at]");
    if (!place) return;
    event.preventDefault();
    video.currentTime = Number(place.dataset.at);
    video.play().catch(() => {});
  });
  video.addEventListener("timeupdate", () => {
    const at = places.filter((place) => Number(place.dataset.at) <= video.currentTime).at(-1) ?? null;
    if (at === current) return;
    current?.removeAttribute("aria-current");
    at?.setAttribute("aria-current", "true");
    current = at;
    // only inside the list: the page itself stays where the reader left it
    if (at && !list.matches(":hover, :focus-within")) {
      list.scrollTo({ top: at.parentElement.offsetTop - list.offsetTop - list.clientHeight / 3 });
    }
  });
}
