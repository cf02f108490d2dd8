// Which picture: the best for a large window, a small one for phones and for who saves data; when it stalls
// again and again, parts that follow the line.

const STALLED = 3; // times
const SMALL = 480; // px

export function offerQuality(video, choice, addresses, said) {
  const heights = [...addresses.files.keys()];
  const small = heights.find((height) => Number(height) <= SMALL);
  const isSmall = navigator.connection?.saveData || window.innerWidth * window.devicePixelRatio <= 2 * SMALL;
  const best = isSmall && small ? small : heights[0];
  choice.value = best;
  if (best !== heights[0]) addresses.play(best);
  choice.addEventListener("change", () => addresses.play(choice.value));

  let stalls = 0;
  video.addEventListener("seeking", () => (stalls -= 1)); // a jump has to load, that is no stall
  video.addEventListener("waiting", () => {
    stalls += 1;
    if (stalls < STALLED || choice.value === "auto") return;
    choice.value = "auto";
    said.textContent = said.dataset.slow;
    addresses.play("auto");
  });
}
