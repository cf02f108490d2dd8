// What only this visitor sees: how many things are in the basket, whether somebody is signed in.
// The page itself is the same for everybody, so that it can come from a cache.

async function fill() {
  // came from elsewhere: a visit; the hall counts how many there were, not who
  const visit = document.referrer.startsWith(location.origin) ? "" : "?new";
  const answer = await fetch(`/fragments/visitor/${visit}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const visitor = await answer.json();
  for (const place of document.querySelectorAll("[data-visitor=basket]")) {
    place.textContent = visitor.basket;
    place.hidden = !visitor.basket;
  }
  if (visitor.name) {
    for (const place of document.querySelectorAll("[data-visitor=me]")) place.title = visitor.name;
  }
}

fill().catch(() => {}); // offline: the page works without it
