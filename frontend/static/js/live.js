// Changes arrive by one event stream a browser (the leading tab's), or by polling; each becomes a DOM event named after its row.
import { ask } from "./server.js";
import { say } from "./words.js";

const POLL = 4000;

export function wireLive() {
  const url = document.body.dataset.eventsUrl;
  if (!url || !document.querySelector("[data-autosave], [data-follow]")) return;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`events-${document.body.dataset.newsroom}`) : null;
  channel?.addEventListener("message", ({ data }) => hear(data, null));
  const lead = () => stream(url, channel);
  if (navigator.locks) navigator.locks.request(`events-${document.body.dataset.newsroom}`, () => new Promise(() => { lead(); }));
  else poll(url, channel);
  for (const leaf of document.querySelectorAll("[data-follow]")) {
    document.body.addEventListener(leaf.dataset.follow, () => location.reload());
  }
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
