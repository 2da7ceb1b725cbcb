// The keyboard of a page: each action presses or focuses the element that bears it; remapped and switched off per person.
import { ariaOf, inField, namesOf } from "./keymap.js";

const PICKING = new Set(["sentence_next", "sentence_previous", "end_out", "end_in", "start_in", "start_out", "add", "fit"]);
const SEQUENCE = 1500;

export function wireKeys() {
  const button = document.querySelector("[data-keys-help]");
  if (!button) return;
  new Keys(button, wireRoving()).start();
}

class Keys {
  constructor(button, list) {
    this.button = button;
    this.list = list;
    this.prefix = "";
    this.read(JSON.parse(button.dataset.keys ?? "{}"), button.dataset.keysOff === undefined);
  }

  read(keys, on) {
    this.on = on;
    this.keys = keys;
    this.actions = new Map(Object.entries(keys).filter(([, key]) => key).map(([action, key]) => [key, action]));
    for (const element of document.querySelectorAll("[data-key]")) {
      const key = keys[element.dataset.key];
      if (key && (on || key.includes("ctrl+"))) element.setAttribute("aria-keyshortcuts", ariaOf(key)); else element.removeAttribute("aria-keyshortcuts");
    }
  }

  start() {
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.help());
    document.addEventListener("keydown", (event) => this.press(event));
  }

  async help() { (await import("./keyhelp.js")).openHelp(this.button.dataset.keysUrl, { can: (action) => this.can(action), changed: (keys, on) => this.read(keys, on) }); }

  press(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const names = namesOf(event);
    const modified = names.some((name) => /^(?:ctrl|alt)\+/.test(name));
    if (inField(event.target) && !modified && event.key !== "Escape") return;
    if (!modified && this.list?.arrow(event)) { event.preventDefault(); return; }
    if (!this.on && !modified && event.key !== "Escape") return;
    const prefix = this.prefix;
    this.prefix = "";
    clearTimeout(this.timer);
    if (!prefix && names.includes("g") && [...this.actions.keys()].some((key) => key.startsWith("g "))) {
      this.prefix = "g ";
      this.timer = setTimeout(() => { this.prefix = ""; }, SEQUENCE);
      event.preventDefault();
      return;
    }
    const digit = names.find((name) => /^[1-9]$/.test(name));
    const action = this.actions.get(names.map((name) => prefix + name).find((name) => this.actions.has(name))) ?? (digit && this.keys.verdict ? "verdict" : "");
    if (action && this.act(action, digit, event)) event.preventDefault();
  }

  /** Whether there was something to act on. */
  act(action, digit, event) {
    if (action === "help") { this.help(); return true; }
    if (action === "verdict") return press(document.querySelectorAll(".verdict-choice input")[Number(digit) - 1]);
    if (action === "open") return this.list?.open(event) ?? false;
    if (action === "escape") return this.list?.close(event) ?? false;
    if (action.startsWith("go_")) { const link = this.target(action); if (link) link.click(); return Boolean(link); }
    if (this.picks(action)) { document.body.dispatchEvent(new CustomEvent("pick-key", { detail: action })); return true; }
    if (action === "text") return this.change();
    if (action === "quote" && press([...document.querySelectorAll("[data-beside-take]:not([disabled])")].find(seen))) return true;
    if (action === "quote") return focus([...document.querySelectorAll('[data-name="quote"]')].find((field) => !field.value && seen(field)) ?? this.target("quote"));
    if (action === "search") return focus(this.target("search") ?? document.querySelector("main input[type=search]"));
    const element = this.target(action);
    if (element) return press(element);
    if (action === "following" || action === "previous") return this.list?.go(action === "following" ? 1 : -1) ?? false;
    return false;
  }

  /** Words are picked in an article, and in the text of a source that stands beside. */
  picks(action) {
    if (!PICKING.has(action)) return false;
    return Boolean(document.querySelector(["add", "fit"].includes(action) ? "[data-selection-bar]" : "[data-selection-bar], [data-beside]:not([hidden]) [data-beside-text]"));
  }

  target(action) {
    const marked = [...document.querySelectorAll(`[data-key="${action}"]`)].find(seen);
    if (marked || !action.startsWith("go_")) return marked;
    const path = { go_articles: "articles/", go_review: "review/", go_rulings: "rulings/" }[action];
    return document.querySelector(`.nav a[href$="/${path}"]`);
  }

  /** From the text to the claims and back. */
  change() {
    const text = this.target("text") ?? document.querySelector("[data-desk-text]");
    const panel = this.target("panel") ?? document.querySelector("#panel, #claims");
    if (!text || !panel) return false;
    if (!text.contains(document.activeElement)) return focus(text);
    return this.list?.focus() || focus(panel);
  }

  can(action) {
    if (action === "help" || action === "escape") return true;
    if (PICKING.has(action)) return this.picks(action);
    if (action === "verdict") return Boolean(document.querySelector(".verdict-choice input"));
    if (action === "quote") return Boolean(document.querySelector('[data-name="quote"]'));
    if (action === "text") return Boolean(document.querySelector("[data-desk-text]"));
    if (action === "search") return Boolean(this.target("search") ?? document.querySelector("main input[type=search]"));
    if (["following", "previous", "open"].includes(action)) return Boolean(this.list) || Boolean(this.target(action));
    return Boolean(this.target(action));
  }
}

function seen(element) { return element.getClientRects().length > 0; }

function focus(element) {
  if (!element) return false;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
  return true;
}

function press(element) {
  if (!element) return false;
  element.focus({ preventScroll: true });
  element.click();
  return true;
}

// The claim list is one tab stop: keys go from card to card, and only the card at hand lets Tab into it.

const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary";

function wireRoving() {
  const list = document.querySelector("#claims ol");
  if (!list || !list.querySelector("[data-card]")) return null;
  let here = null;
  const cards = () => [...list.querySelectorAll(":scope > [data-card]")].filter((card) => card.getClientRects().length > 0);
  // A card that is but one link is that link.
  const stopOf = (card) => { const link = card.querySelector("[data-open]"); return link && card.querySelectorAll(STOPS).length === 1 ? link : card; };
  const close = (card) => { for (const stop of card.querySelectorAll(STOPS)) stop.tabIndex = -1; stopOf(card).tabIndex = -1; };
  const settle = (card) => {
    if (!card || card === here) return;
    if (here) close(here);
    here = card;
    for (const stop of card.querySelectorAll(STOPS)) stop.removeAttribute("tabindex");
    stopOf(card).tabIndex = 0;
  };
  const go = (card) => { if (!card) return false; settle(card); stopOf(card).focus(); card.scrollIntoView({ block: "nearest" }); return true; };
  for (const card of list.querySelectorAll(":scope > [data-card]")) close(card);
  settle(list.querySelector("[aria-current]")?.closest("[data-card]") ?? list.querySelector("[data-card]"));
  list.addEventListener("focusin", (event) => settle(event.target.closest("[data-card]")));
  document.body.addEventListener("card-added", ({ detail }) => { close(detail); here = here?.isConnected ? here : null; settle(detail); });
  return {
    go(by) {
      const all = cards();
      const at = all.indexOf(here);
      const inside = here?.contains(document.activeElement);
      return go(inside ? all[Math.max(0, Math.min(all.length - 1, at + by))] : (here ?? all[0]));
    },
    focus() { return go(here?.isConnected ? here : cards()[0]); },
    arrow(event) {
      if (!list.contains(event.target) || event.target.closest("input[type=radio], [data-article-text]") || event.shiftKey) return false;
      const all = cards();
      if (event.key === "Home") return go(all[0]);
      if (event.key === "End") return go(all.at(-1));
      const step = getComputedStyle(list).display === "flex" ? { ArrowRight: 1, ArrowLeft: -1 } : { ArrowDown: 1, ArrowUp: -1 };
      if (!(event.key in step)) return false;
      const way = step[event.key] * (getComputedStyle(list).display === "flex" && getComputedStyle(list).direction === "rtl" ? -1 : 1);
      return go(all[Math.max(0, Math.min(all.length - 1, all.indexOf(here) + way))]);
    },
    open(event) {
      if (event.target !== here || !here?.querySelector("[data-open]")) return false;
      here.querySelector("[data-open]").click();
      return true;
    },
    /** From within a card to the card. */
    close(event) {
      const card = event.target.closest?.("[data-card]");
      if (!card || !list.contains(card) || stopOf(card) === event.target) return false;
      for (const open of card.querySelectorAll("details[open]")) open.open = false;
      return go(card);
    },
  };
}
