// Leaves: small elements that the server owns, <span id="…" data-leaf="claim-12 queue">. When one of the named events comes,
// the fragment at data-leaf-url (its own, or that of an element around it) is fetched and what stands there under the same id
// takes the leaf's place. Never a form, never a card: typed text, focus and caret stay.
import { ask } from "./server.js";

const SPREAD = 300; // not all browsers of a newsroom in the same instant
const MOST = 100; // keys in one request
const TICK = 60000;

/** @type {Map<string, {keys: Set<string>, leaves: Set<Element>, busy: boolean, timer: number}>} */
const due = new Map();

export function wireLeaves() {
  const heard = new Set();
  const listen = (name) => {
    if (heard.has(name)) return;
    heard.add(name);
    document.body.addEventListener(name, () => { for (const leaf of document.querySelectorAll(`[data-leaf~="${CSS.escape(name)}"]`)) wither(leaf); });
  };
  for (const leaf of document.querySelectorAll("[data-leaf]")) {
    leaf.dataset.leaf.split(" ").filter(Boolean).forEach(listen);
    if ("leafNow" in leaf.dataset) wither(leaf, 0);
  }
  // What time alone changes: a lease that ends tells nobody.
  if (document.querySelector("[data-leaf-ticks]")) {
    setInterval(() => { if (!document.hidden) for (const leaf of document.querySelectorAll("[data-leaf-ticks]")) wither(leaf); }, TICK);
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) for (const url of due.keys()) soon(url, 0); });
}

/** Marks a leaf as out of date; those of one address are fetched together. */
function wither(leaf, wait = Math.random() * SPREAD) {
  const url = leaf.closest("[data-leaf-url]")?.dataset.leafUrl;
  if (!url) return;
  if (!due.has(url)) due.set(url, { keys: new Set(), leaves: new Set(), busy: false, timer: 0 });
  const found = due.get(url);
  found.leaves.add(leaf.id);
  if (leaf.dataset.leafAsk) found.keys.add(leaf.dataset.leafAsk);
  soon(url, wait);
}

function soon(url, wait) {
  const found = due.get(url);
  if (found.busy || found.timer || document.hidden || !found.leaves.size) return;
  found.timer = setTimeout(() => { found.timer = 0; refresh(url, found); }, wait);
}

async function refresh(url, found) {
  const leaves = [...found.leaves];
  const keys = [...found.keys];
  found.leaves.clear();
  found.keys.clear();
  found.busy = true;
  try {
    for (const address of addresses(url, keys)) {
      const response = await ask(address, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) continue;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const id of leaves) put(document.getElementById(id), page.getElementById(id));
    }
  } catch { for (const id of leaves) { const leaf = document.getElementById(id); if (leaf) setTimeout(() => { wither(leaf); }, 5000); } }
  found.busy = false;
  soon(url, 0);
}

/** data-leaf-ask="claims=12": many keys of one name go in one request. */
function addresses(url, keys) {
  if (!keys.length) return [url];
  const [name] = keys[0].split("=");
  const values = keys.map((key) => key.split("=")[1]);
  const found = [];
  for (let at = 0; at < values.length; at += MOST) found.push(`${url}${url.includes("?") ? "&" : "?"}${name}=${values.slice(at, at + MOST).join(",")}`);
  return found;
}

function put(leaf, fresh) {
  if (!leaf || !fresh || leaf.querySelector("form, input, textarea, select")) return;
  if (leaf.contains(document.activeElement)) { document.activeElement.addEventListener("blur", () => { put(leaf, fresh); }, { once: true }); return; }
  if (leaf.className !== fresh.className) leaf.className = fresh.className;
  leaf.hidden = fresh.hidden;
  if (leaf.innerHTML !== fresh.innerHTML) leaf.replaceChildren(...fresh.childNodes);
}
