// One tab of the browser follows the log for all: which one, and what it tells the others.

const BEAT = 2000;
const SILENCE = 6000;
const KEPT = 300;

/**
 * @typedef {object} Follower
 * @property {(lead: {stream: boolean}) => () => void} lead begins to ask the server; gives back what ends it
 * @property {(lines: object[]) => void} hear
 * @property {(state: string) => void} tell
 * @property {() => void} missed asks the server once for what the leader no longer knows
 * @property {() => string} cursor the last line that this tab has heard of
 */

export class Tabs {
  /** @param {string} name @param {Follower} follower */
  constructor(name, follower) {
    this.name = name;
    this.follower = follower;
    this.id = Math.random().toString(36).slice(2);
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    this.known = []; // [id, line] of what this tab told the others, the place where it began first
    this.state = "";
    this.end = null;
    this.beaten = -Infinity;
  }

  start() {
    this.channel?.addEventListener("message", ({ data }) => { this.receive(data); });
    addEventListener("pagehide", () => { this.stop(); });
    // Back from the browser's memory: what came meanwhile is asked for.
    addEventListener("pageshow", (event) => { if (event.persisted) { this.follower.missed(); this.stand(); } });
    this.channel?.postMessage({ kind: "hello", from: this.id, after: this.follower.cursor() });
    this.stand();
  }

  /** Leads as soon as no other tab does. Web Locks are there on https and localhost only. */
  stand() {
    if (navigator.locks && this.channel) {
      const waiting = new AbortController();
      this.give = () => { waiting.abort(); };
      navigator.locks.request(this.name, { signal: waiting.signal }, () => new Promise((over) => { this.give = over; this.lead(true); })).catch(() => { /* no longer wanted */ });
    } else if (this.channel) {
      this.timer = setInterval(() => { this.beat(); }, BEAT);
      setTimeout(() => { this.beat(); }, 300 + Math.random() * 700);
    } else this.lead(false);
  }

  lead(stream) {
    if (this.end) return;
    this.known = [[this.follower.cursor(), null]];
    this.end = this.follower.lead({ stream });
  }

  rest() {
    this.end?.();
    this.end = null;
  }

  stop() {
    this.rest();
    this.give?.();
    clearInterval(this.timer);
  }

  /** Without locks: the leader says that it is there; when nothing is heard of one, another takes its place. */
  beat() {
    if (!this.end && performance.now() - this.beaten > SILENCE) this.lead(false);
    if (this.end) this.channel.postMessage({ kind: "beat", from: this.id, rank: this.rank() });
  }

  /** A hidden tab's clock is slowed down: one that is looked at goes before it. */
  rank() { return `${document.hidden ? 1 : 0}${this.id}`; }

  receive({ kind, from, rank, after, lines, state, to }) {
    if (to && to !== this.id) return;
    if (kind === "lines") this.follower.hear(lines);
    else if (kind === "state") this.follower.tell(state);
    else if (kind === "gap") this.follower.missed();
    else if (kind === "hello" && this.end) this.welcome(from, after);
    else if (kind === "beat") {
      this.beaten = performance.now();
      if (this.end && !this.give && rank < this.rank()) this.rest();
    }
  }

  /** A tab that began just now: what was told while it was being loaded. */
  welcome(from, after) {
    this.channel.postMessage({ kind: "state", to: from, state: this.state });
    const place = this.known.findIndex(([id]) => id === after);
    const lines = this.known.slice(place + 1).map(([, line]) => line).filter(Boolean);
    if (place >= 0) { if (lines.length) this.channel.postMessage({ kind: "lines", to: from, lines }); }
    else if (Number(after) < Number(this.known[0][0])) this.channel.postMessage({ kind: "gap", to: from });
  }

  /** The leader heard something: here and in the other tabs. */
  spread(lines) {
    this.known.push(...lines.map((line) => [String(line.id), line]));
    if (this.known.length > KEPT) this.known.splice(0, this.known.length - KEPT);
    this.channel?.postMessage({ kind: "lines", lines });
    this.follower.hear(lines);
  }

  say(state) {
    this.state = state;
    this.channel?.postMessage({ kind: "state", state });
    this.follower.tell(state);
  }
}
