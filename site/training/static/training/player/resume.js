// Going on where somebody stopped: the page says where, or whoever asked the server does ("resumeat").
const AT_THE_END = 5; // s before the end: begin again

export function goOnWhereStopped(video, said, fromStart) {
  const length = Number(video.dataset.seconds);
  const goTo = (position) => {
    if (!(position > 2) || position > length - AT_THE_END) return;
    const seek = () => (video.currentTime = position);
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) seek();
    else video.addEventListener("loadedmetadata", seek, { once: true });
    said.textContent = said.dataset.resumed.replace("{time}", clock(position));
    fromStart.hidden = false;
  };
  goTo(Number(video.dataset.position));
  video.addEventListener("resumeat", (event) => video.played.length === 0 && goTo(event.detail.position));
  fromStart.addEventListener("click", () => {
    video.currentTime = 0;
    fromStart.hidden = true;
    said.textContent = "";
    video.play();
  });
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
