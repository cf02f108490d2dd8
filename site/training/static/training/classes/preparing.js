// Makes this phone ready for a place without a network: the page and its parts are kept.

const CACHE = "fengtu-classes";

function parts(found) {
  const files = found.querySelectorAll("link[rel=stylesheet], link[rel=modulepreload], script[src]");
  return [...files].map((file) => file.href || file.src).filter((name) => name.startsWith(`${location.origin}/static/`));
}

// Keeps pages with the styles and scripts they name, and what this page has loaded.
export async function prepare(worker, pages, more = []) {
  if (!navigator.serviceWorker || !window.caches) return false;
  await navigator.serviceWorker.register(worker);
  const cache = await caches.open(CACHE), names = new Set(more);
  for (const page of pages) {
    const answer = await fetch(page, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return false;
    await cache.put(page, answer.clone());
    for (const name of parts(new DOMParser().parseFromString(await answer.text(), "text/html"))) names.add(name);
  }
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  for (const name of loaded) if (name.startsWith(`${location.origin}/static/`)) names.add(name);
  const kept = await Promise.allSettled([...names].map((name) => cache.add(name)));
  return kept.every((one) => one.status === "fulfilled");
}
