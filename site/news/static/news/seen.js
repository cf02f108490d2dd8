// Tells the site that this post is being read: after three seconds in view, once in a session of this tab.
// What is sent is the number of the post and nothing else.

const SECONDS = 3;
const post = document.querySelector("[data-post]")?.dataset.post;
const name = `seen-${post}`;

function isNew() {
  try {
    if (sessionStorage.getItem(name)) return false;
    sessionStorage.setItem(name, "1");
  } catch {
    // storage is switched off: a reload counts again, the server knows a limit
  }
  return true;
}

function tell() {
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", wait, { once: true });
    return;
  }
  if (isNew()) navigator.sendBeacon("/news/seen/", post);
}

function wait() {
  setTimeout(tell, SECONDS * 1000);
}

if (post && navigator.sendBeacon) wait();
