// Videos on the page that are being converted: asks every two seconds how far they are.
const EVERY = 2_000; // ms
const url = document.querySelector("script[data-states]").dataset.states;

async function look() {
  const open = [...document.querySelectorAll("[data-video]")].filter((each) => each.dataset.done !== "yes");
  if (!open.length) return;
  if (!document.hidden) {
    const query = new URLSearchParams(open.map((each) => ["video", each.dataset.video]));
    const answer = await fetch(`${url}?${query}`).catch(() => null);
    if (answer?.ok) show(open, (await answer.json()).videos);
  }
  setTimeout(look, EVERY);
}

function show(open, videos) {
  for (const each of open) {
    const facts = videos[each.dataset.video];
    if (!facts) continue;
    each.querySelector("progress").value = facts.progress;
    each.querySelector("[data-words]").textContent =
      facts.error || (facts.progress ? `${facts.words} ${facts.progress} %` : facts.words);
    if (!facts.done) continue;
    each.dataset.done = "yes";
    // the picture is shown by the page of the video, unless somebody is typing there
    if ("reload" in each.dataset && !document.querySelector("form:focus-within")) location.reload();
  }
}

look();
