// Serves the page in the field and its parts when there is no signal. With a signal everything is fresh.

const CACHE = "fengtu-field";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (isPage || url.pathname.startsWith("/static/")) event.respondWith(answer(request, isPage));
});

async function answer(request, isPage) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected && (!isPage || new URL(request.url).search === "")) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: isPage });
    if (kept) return kept;
    throw error;
  }
}
