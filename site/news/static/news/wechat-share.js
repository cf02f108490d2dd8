// Inside WeChat: asks the site to sign this address, then gives a shared card the title, words and cover of the
// post. Elsewhere, and for a county without an account, nothing is asked and nothing is loaded.

const SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"; // WeChat's own; the policy of posts allows it
const CALLS = ["updateAppMessageShareData", "updateTimelineShareData"];

const told = (name) => document.querySelector(`meta[property="og:${name}"]`)?.content ?? "";

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

async function share() {
  const address = location.href.split("#")[0];
  const answer = await fetch(`/news/wechat-share.json?url=${encodeURIComponent(address)}`);
  if (answer.status !== 200) return; // no account, or no ticket yet: the card is what WeChat makes of the page
  const signed = await answer.json();
  await load(SCRIPT);
  const card = { title: told("title"), desc: told("description"), link: told("url") || address, imgUrl: told("image") };
  window.wx.config({ debug: false, jsApiList: CALLS, ...signed });
  window.wx.ready(() => CALLS.forEach((name) => window.wx[name](card)));
}

if (/MicroMessenger/i.test(navigator.userAgent)) share().catch(() => {});
