// My classes: the phone keeps whose place it is and the page of the door, so that it checks in without a network.

import { prepare } from "./preparing.js";
import { keepTickets } from "./store.js";

const root = document.querySelector("[data-tickets]");
const fresh = JSON.parse(document.getElementById("tickets").textContent);
// what the page of the door loads only when it is needed: then there may be no network
const decoder = new URL(root.dataset.decoder, location.href);
const OTHERS = ["store.js", "../../record/reader.js"].map((name) => new URL(name, import.meta.url).href);
OTHERS.push(decoder.href, new URL("index.js", decoder).href);

async function ready() {
  keepTickets(fresh);
  if (!(await prepare(root.dataset.worker, [root.dataset.shell], OTHERS))) return;
  root.querySelector("[data-ready]")?.removeAttribute("hidden");
}

if (fresh.length) ready().catch(() => {}); // a browser that keeps nothing: the door needs a network then
