// Changes arrive by one event stream a browser (the leading tab's), or by polling; each becomes a DOM event named after its row.
import { ask } from "./server.js";
import { say } from "./words.js";

const POLL = 4000;
const LEAVING = 8000;

// When a person last followed a link or sent a form: a reload then would throw their step away.
let left = -Infinity;

export function wireLive() {
  const url = document.body.dataset.eventsUrl;
  if (!url || !document.querySelector("[data-autosave], [data-follow]")) return;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`events-${document.body.dataset.newsroom}`) : null;
  channel?.addEventListener("message", ({ data }) => hear(data, null));
  const lead = () => stream(url, channel);
  if (navigator.locks) navigator.locks.request(`events-${document.body.dataset.newsroom}`, () => new Promise(() => { lead(); }));
  else poll(url, channel);
  const leave = (event) => { if (!event.defaultPrevented && (event.type === "submit" || event.target.closest?.("a[href]"))) left = performance.now(); };
  for (const kind of ["click", "submit"]) addEventListener(kind, leave);
  for (const leaf of document.querySelectorAll("[data-follow]")) {
    // What the page was read with may be told again: a reload would only cut off the next click.
    const known = new Set((leaf.dataset.followKnows ?? "").split(" "));
    document.body.addEventListener(leaf.dataset.follow, ({ detail }) => { if (!known.has(detail.kind)) renew(leaf); });
  }
}

/** Shows the new state, unless that would wipe what somebody typed or chose: then they are told and decide. */
function renew(leaf) {
  // A page that answered a post is not asked for again by its own address.
  const fresh = () => (leaf.dataset.followUrl && location.pathname !== new URL(leaf.dataset.followUrl, location.href).pathname ? location.assign(leaf.dataset.followUrl) : location.reload());
  const rest = left + LEAVING - performance.now();
  if (rest > 0) { setTimeout(() => { renew(leaf); }, rest); return; }
  if (!unsaved()) { fresh(); return; }
  if (document.querySelector("[data-changed-note]")) return;
  const note = document.createElement("div");
  note.className = "note desk-note row";
  note.dataset.changedNote = "";
  const words = document.createElement("span");
  words.role = "status";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = say("Changed: show the new state");
  button.addEventListener("click", fresh);
  note.append(words, button);
  for (const old of document.querySelectorAll("[data-notes] > .note-good")) old.remove();
  (document.querySelector("[data-notes]") ?? document.querySelector("main")).prepend(note);
  // Said after the place for it is there, so that it is heard.
  setTimeout(() => { words.textContent = say("What you typed and chose here is kept until then."); }, 100);
}

function unsaved() {
  if (document.querySelector("[data-unsaved]")) return true;
  return [...document.querySelectorAll("main :is(input, textarea, select)")].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  });
}

function stream(url, channel) {
  let failures = 0;
  const source = new EventSource(`${url}?newsroom=${encodeURIComponent(document.body.dataset.newsroom)}&after=${document.body.dataset.eventsAfter ?? ""}`);
  source.addEventListener("open", () => { failures = 0; tell(""); });
  source.addEventListener("change", (event) => hear(JSON.parse(event.data), channel));
  source.addEventListener("error", () => {
    failures += 1;
    tell(say("reconnecting…"));
    if (failures >= 3) { source.close(); poll(url, channel); }
  });
  // A page in the background cache must not hold the stream.
  addEventListener("pagehide", () => source.close());
}

async function poll(url, channel) {
  let last = document.body.dataset.eventsAfter || null;
  let tag = "";
  for (;;) {
    try {
      const address = last === null ? url : `${url}?after=${last}`;
      const response = await ask(address, { headers: tag ? { "If-None-Match": tag } : {} });
      if (response.status === 401 || response.status === 403) { tell(say("You are signed out. Sign in again in a new tab; what you type here is kept.")); return; }
      if (response.ok) {
        const body = await response.json();
        tag = response.headers.get("ETag") ?? "";
        last = body.last;
        for (const line of body.results) hear(line, channel);
      }
      tell("");
    } catch { tell(say("offline")); }
    await new Promise((wake) => { setTimeout(wake, POLL); });
  }
}

function hear(line, channel) {
  channel?.postMessage(line);
  const names = new Set([`${line.subject}-${line.subject_id}`]);
  if (line.claim_id) names.add(`claim-${line.claim_id}`);
  for (const name of names) document.body.dispatchEvent(new CustomEvent(name, { detail: line }));
}

function tell(text) {
  for (const place of document.querySelectorAll("[data-live-status]")) place.textContent = text;
}
