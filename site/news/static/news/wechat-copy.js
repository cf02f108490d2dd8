/* Copies an article with its look: as HTML for the editor of WeChat, as words for anything else. */

for (const button of document.querySelectorAll("[data-wechat-copy]")) {
  const source = document.getElementById(button.dataset.wechatCopy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = (await byClipboard(source.value)) || byEvent(source.value);
    status.textContent = copied ? button.dataset.said : button.dataset.failed;
    if (!copied) {
      source.closest("details").open = true;
      source.select();
    }
  });
}

function wordsOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

async function byClipboard(html) {
  if (!navigator.clipboard?.write || !window.ClipboardItem) return false;
  try {
    const kinds = { "text/html": html, "text/plain": wordsOf(html) };
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return false;
  }
}

// pages without TLS have no clipboard; the event of a copy still takes what we put in
function byEvent(html) {
  let taken = false;
  const put = (event) => {
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", wordsOf(html));
    event.preventDefault();
    taken = true;
  };
  document.addEventListener("copy", put, { once: true });
  const asked = document.execCommand("copy");
  document.removeEventListener("copy", put);
  return asked && taken;
}
