/* Shows how far a push is, until it is done; then the page is loaded anew with what became of it. */

const EVERY = 1500;
const place = document.querySelector("[data-wechat-progress][data-under-way]");

async function look() {
  try {
    const answer = await fetch(place.dataset.wechatProgress, { credentials: "same-origin" });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch {
    // out of reach for a moment: what is shown stays, the next look may find it
  }
  if (place.querySelector("progress")) setTimeout(look, EVERY);
  else location.replace(location.pathname);
}

if (place) setTimeout(look, EVERY);
