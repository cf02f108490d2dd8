// While somebody pays: ask now and then whether the money is here, and go on to the order when it is.

const page = document.querySelector("[data-pay-state]");
const EVERY = 3000;
const AT_MOST = 600; // half an hour, as long as the goods are kept

async function look() {
  const answer = await fetch(page.dataset.payState, { credentials: "same-origin" });
  return answer.ok && (await answer.json()).paid;
}

async function wait() {
  for (let times = 0; times < AT_MOST; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    if (document.hidden) continue;
    if (await look().catch(() => false)) {
      location.assign(page.dataset.payNext);
      return;
    }
  }
}

if (page) {
  const note = page.querySelector("[data-pay-waiting]");
  if (note) note.hidden = false;
  wait();
}

// Inside WeChat its own window asks for the password; what really happened the gateway tells the shop.
const button = document.querySelector("[data-pay-wechat]");

function call() {
  window.WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(button.dataset.payWechat), () => {});
}

if (button) {
  button.addEventListener("click", () => {
    if (window.WeixinJSBridge) call();
    else document.addEventListener("WeixinJSBridgeReady", call, { once: true });
  });
}
