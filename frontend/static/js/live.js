// Changes arrive by one event stream a browser (the leading tab's), or by polling; each becomes a DOM event named after its row.
import { wireLeaves } from "./leaves.js";
import { ask } from "./server.js";
import { Tabs } from "./tabs.js";
import { say } from "./words.js";

const POLLS = [4000, 6000, 9000, 15000]; // while nothing comes, or the server is away
const OPENING = 10000; // a stream that a proxy holds back never opens
const SILENCE = 45000; // the server says something every 15 s
const STEADY = 30000; // a stream that was cut earlier than this counts as cut
const CUTS = 2;
const AGAIN = 60000; // polling: when a stream is tried again
const GATHER = 150;
const LEAVING = 8000;
const TOPICS = {
  claim: ["queue"], review: ["queue"], ruling: ["queue"], publication: ["queue"], article: ["articles"], version: ["articles"],
  import: ["articles"], source: ["sources"], evidence: ["sources"],
};

// When a person last followed a link or sent a form: a reload then would throw their step away.
let left = -Infinity;

// Details that the server sent open.
const sentOpen = new WeakSet();

export function wireLive() {
  for (const each of document.querySelectorAll("details[open]")) sentOpen.add(each);
  const { eventsUrl: url, newsroom } = document.body.dataset;
  if (!url || !document.querySelector("[data-autosave], [data-follow], [data-leaf]")) return;
  const leave = (event) => { if (!event.defaultPrevented && (event.type === "submit" || event.target.closest?.("a[href]"))) left = performance.now(); };
  for (const kind of ["click", "submit"]) addEventListener(kind, leave);
  for (const leaf of document.querySelectorAll("[data-follow]")) {
    // What the page was read with may be told again: a reload would only cut off the next click.
    const known = new Set((leaf.dataset.followKnows ?? "").split(" "));
    document.body.addEventListener(leaf.dataset.follow, ({ detail }) => { if ((detail.lines ?? [detail]).some((line) => !known.has(line.kind))) renew(leaf); });
  }
  wireLeaves();
  const heard = new Heard(document.body.dataset.eventsAfter ?? "");
  const tabs = new Tabs(`events-${newsroom}`, {
    lead: ({ stream }) => { const reader = new Reader(url, newsroom, heard, tabs); reader.start(stream); return () => { reader.stop(); }; },
    hear: (lines) => { heard.add(lines); },
    tell,
    missed: async () => { const found = await fetchLines(url, heard.last).catch(() => null); if (found?.lines) heard.add(found.lines); },
    cursor: () => heard.last,
  });
  tabs.start();
}

/** What this tab was told; a burst becomes one DOM event for each name. */
class Heard {
  constructor(start) {
    this.last = start;
    this.lines = [];
    this.timer = 0;
  }

  add(lines) {
    if (!lines.length) return;
    this.last = String(lines.at(-1).id);
    this.lines.push(...lines);
    this.timer ||= setTimeout(() => { this.flush(); }, GATHER);
  }

  flush() {
    const named = new Map();
    for (const line of this.lines) for (const name of names(line)) named.set(name, [...(named.get(name) ?? []), line]);
    this.lines = [];
    this.timer = 0;
    for (const [name, lines] of named) document.body.dispatchEvent(new CustomEvent(name, { detail: { ...lines.at(-1), lines } }));
  }
}

function names(line) {
  const found = new Set([`${line.subject}-${line.subject_id}`, ...(TOPICS[line.subject] ?? [])]);
  if (line.claim_id) found.add(`claim-${line.claim_id}`);
  if (line.article_id) found.add(`in-article-${line.article_id}`);
  return found;
}

async function fetchLines(url, after, tag = "") {
  const response = await ask(after ? `${url}?after=${after}` : url, { headers: tag ? { "If-None-Match": tag } : {} });
  if (response.status === 401 || response.status === 403) return { out: true };
  if (response.status === 304) return { lines: [], tag, last: after };
  if (!response.ok) throw new Error(String(response.status));
  const body = await response.json();
  return { lines: body.results, last: String(body.last), tag: response.headers.get("ETag") ?? "" };
}

/** The leading tab's: a stream; when that is cut twice or cannot be, questions. */
class Reader {
  constructor(url, newsroom, heard, tabs) {
    Object.assign(this, { url, newsroom, heard, tabs, stopped: false, cuts: 0, quiet: 0, tag: "", last: heard.last, away: false });
  }

  start(stream) {
    this.streams = stream && "EventSource" in globalThis;
    if (this.streams) this.open();
    else this.poll();
  }

  stop() {
    this.stopped = true;
    this.source?.close();
    clearTimeout(this.timer);
    clearTimeout(this.watch);
  }

  later(act, wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(act, wait);
  }

  open() {
    const source = new EventSource(`${this.url}?newsroom=${encodeURIComponent(this.newsroom)}&after=${this.last}`);
    this.source = source;
    let opened = Infinity;
    const alive = (wait) => { clearTimeout(this.watch); this.watch = setTimeout(cut, wait); };
    const cut = () => {
      clearTimeout(this.watch);
      source.close();
      if (this.stopped) return;
      this.cuts = performance.now() - opened > STEADY ? 1 : this.cuts + 1;
      this.tabs.say("reconnecting");
      if (this.cuts >= CUTS) { this.again = performance.now() + AGAIN; this.poll(); } else this.later(() => { this.open(); }, 1000 + Math.random() * 2000);
    };
    alive(OPENING);
    source.addEventListener("open", () => { opened = performance.now(); alive(SILENCE); this.tabs.say("live"); });
    source.addEventListener("here", () => { alive(SILENCE); });
    source.addEventListener("change", (event) => {
      alive(SILENCE);
      this.last = event.lastEventId;
      this.tabs.spread([JSON.parse(event.data)]);
    });
    source.addEventListener("error", cut);
  }

  async poll() {
    try {
      const found = await fetchLines(this.url, this.last, this.tag);
      if (this.stopped) return;
      if (found.out) { this.signedOut(); return; }
      this.tag = found.tag;
      this.last = found.last;
      this.quiet = found.lines.length ? 0 : this.quiet + 1;
      if (found.lines.length) this.tabs.spread(found.lines);
      // The server was away and is back, or it is time to see whether streams get through now.
      if (this.streams && (this.away || performance.now() > this.again)) { this.away = false; this.cuts = CUTS - 1; this.open(); return; }
      this.tabs.say("polling");
    } catch {
      if (this.stopped) return;
      this.away = true;
      this.quiet += 1;
      this.tabs.say(navigator.onLine ? "reconnecting" : "offline");
    }
    this.later(() => { this.poll(); }, POLLS[Math.min(this.quiet, POLLS.length - 1)]);
  }

  signedOut() {
    this.tabs.say("out");
    addEventListener("focus", () => { if (!this.stopped) this.poll(); }, { once: true });
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

/** Typed, chosen, or unfolded to do so: a reload would fold it up under the finger. */
function unsaved() {
  if (document.querySelector("[data-unsaved]")) return true;
  if ([...document.querySelectorAll("main details[open]:has(form)")].some((each) => !sentOpen.has(each))) return true;
  return [...document.querySelectorAll("main :is(input, textarea, select)")].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  });
}

function tell(state) {
  const words = {
    live: say("live"), reconnecting: say("reconnecting…"), polling: say("polling"), offline: say("offline"),
    out: say("You are signed out. Sign in again in a new tab; what you type here is kept."),
  };
  for (const place of document.querySelectorAll("[data-live-status]")) {
    // That all is well is shown in the frame, and not read aloud at each page's beginning.
    const calm = state === "live" && !place.dataset.state && place.closest("[aria-live]");
    if (calm) continue;
    place.dataset.state = state;
    place.textContent = words[state] ?? "";
  }
}
