// Serves the pages of the door, the screen and the list to tick when there is no network. With one all is fresh.

const CACHE = "fengtu-classes";
const SHELL = "/training/classes/door/";
const OURS = /^(\/en)?\/training\/classes\/(door|screen|hand)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && OURS.test(url.pathname)) event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function page(request, url) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected && url.search === "") await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    // the page behind a code is the same for every door: it reads the code from the address
    const isDoor = url.pathname.includes("/classes/door/");
    const kept = isDoor ? await cache.match(SHELL) : await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

// Fresh first: a module without a hash in its name would otherwise outlive the page that needs a newer one.
async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}
