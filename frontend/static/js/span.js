// Claims made of picked words: by mouse, touch or keys; a bar shows the words and offers what can be done with them.
import { send } from "./adding.js";
import { wireHandles } from "./handles.js";
import { bring, dragged, fromSelection, largest, letterOf, moved, nextSentence, piecesOf, sentenceAt, show, textOf, wordsIn } from "./pick.js";
import { figures, many, say } from "./words.js";

const SETTLE = 400;

export function wireSpanForm() {
  const form = document.querySelector("[data-span-form]");
  const article = document.querySelector("[data-article-text]");
  const bar = document.querySelector("[data-selection-bar]");
  if (form && article && bar) new Picking(form, article, bar).start();
}

class Picking {
  constructor(form, article, bar) {
    this.form = form;
    this.article = article;
    this.bar = bar;
    this.status = document.querySelector("[data-span-status]");
    this.parts = [];
    this.several = [];
    this.current = null;
  }

  start() {
    const { bar } = this;
    this.handles = wireHandles(this.article, { moved: (edge, place) => this.drag(edge, place), done: () => this.tell(this.summary()) });
    bar.querySelector("[data-selection-cancel]")?.addEventListener("click", () => this.drop());
    for (const button of bar.querySelectorAll("[data-selection-move]")) {
      button.addEventListener("click", () => { const [edge, way] = button.dataset.selectionMove.split("-"); this.move(edge, (edge === "end") === (way === "out")); });
    }
    bar.querySelector("[data-selection-both]")?.addEventListener("click", () => this.pick(this.several, { said: say("Both parts are picked, for one claim.") }));
    bar.querySelector("[data-selection-fit]")?.addEventListener("click", () => this.send(this.current?.id));
    this.form.addEventListener("submit", (event) => { if (this.parts.length > 0 && bar.dataset.markedUrl) { event.preventDefault(); this.send(); } });
    document.body.addEventListener("claim-at-hand", ({ detail }) => { this.current = detail; this.offerFit(); });
    // Words typed by hand are found by the server: the picked place no longer holds.
    this.form.elements.namedItem("exact").addEventListener("input", () => { this.place(null); this.parts = []; show([]); this.handles.hide(); bar.hidden = true; });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented && !bar.hidden && !document.querySelector("dialog[open]")) { event.preventDefault(); this.drop(); } });
    document.body.addEventListener("pick-key", ({ detail }) => this.key(detail));
    wireSelecting(this);
  }

  key(action) {
    const sentence = { sentence_next: true, sentence_previous: false };
    if (action in sentence) {
      const found = nextSentence(this.article, this.parts, sentence[action], this.anchor());
      if (found) this.pick([found], { edge: "start" });
      else this.tell(say("No further sentence."));
    } else if (this.parts.length === 0) this.tell(say("Nothing is picked yet: N picks the next sentence."));
    else if (action === "add") this.form.requestSubmit();
    else if (action === "fit") this.send(this.current?.id);
    else this.move(action.startsWith("end") ? "end" : "start", action === "end_out" || action === "start_in");
  }

  /** Where the first N begins: behind the claim at hand, else at the first paragraph in sight. */
  anchor() {
    const mark = this.current && this.article.querySelector(`[data-claims~="${this.current.id}"]`);
    const top = Math.max(0, this.article.closest("[data-desk-text]")?.getBoundingClientRect().top ?? 0);
    const block = mark?.closest("[data-start]") ?? [...this.article.querySelectorAll("[data-start]")].find((each) => each.getBoundingClientRect().bottom > top + 8);
    if (!block) return null;
    if (!mark) return { block, from: 0, to: 0 };
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEndBefore(mark);
    return { block, from: range.toString().length, to: range.toString().length };
  }

  /** @param {import("./pick.js").Part[]} parts */
  pick(parts, { edge = "end", touch = false, said = "", native = false } = {}) {
    this.parts = parts;
    const pieces = piecesOf(parts);
    this.place(pieces[0]);
    const text = textOf(parts);
    this.form.elements.namedItem("exact").value = pieces[0].exact;
    this.bar.querySelector("[data-selection-words]").textContent = text;
    const count = this.bar.querySelector("[data-selection-count]");
    if (count) count.textContent = many("%s word", "%s words", wordsIn(parts));
    const both = this.bar.querySelector("[data-selection-both]");
    if (both) {
      both.hidden = this.several.length < 2 || parts.length > 1;
      both.textContent = say("Take all %s parts as one claim").replace("%s", figures(String(this.several.length)));
    }
    this.bar.hidden = false;
    this.offerFit();
    show(parts);
    if (!native) { document.getSelection()?.removeAllRanges(); bring(edge === "end" ? parts.at(-1) : parts[0], edge, this.bar); }
    if (touch && parts.length === 1) this.handles.place(parts[0]); else this.handles.hide();
    this.tell(said || this.summary(), said);
  }

  summary() { return say("selection: %s, %n").replace("%s", textOf(this.parts)).replace("%n", many("%s word", "%s words", wordsIn(this.parts))); }

  move(edge, forward) {
    if (this.parts.length === 0) return;
    const at = edge === "end" ? this.parts.length - 1 : 0;
    const before = this.parts[at];
    const after = moved(before, edge, forward);
    if (after.from === before.from && after.to === before.to) { this.tell(say("It goes no further.")); return; }
    this.pick(this.parts.with(at, after), { edge, touch: this.handles.shown });
  }

  drag(edge, place) {
    const part = dragged(this.parts[0], edge, place);
    if (part.from >= part.to) return;
    this.several = [];
    this.pick([part], { touch: true, native: true, said: " " });
  }

  /** What the browser has selected; false where that is nothing of the article. */
  take({ whole = true, pressed = [], touch = false } = {}) {
    const parts = fromSelection(this.article, document.getSelection(), { whole, pressed });
    if (parts.length === 0) return false;
    this.several = parts;
    const said = parts.length > 1 ? say("The selection ran over several paragraphs: its larger part was taken.") : "";
    this.pick([largest(parts)], { native: true, said, touch: touch && document.getSelection().isCollapsed });
    return true;
  }

  offerFit() {
    const button = this.bar.querySelector("[data-selection-fit]");
    if (!button) return;
    button.hidden = !this.bar.dataset.markedUrl || !this.current || this.parts.length === 0;
    if (this.current) button.textContent = say("Fit claim %s to it").replace("%s", figures(String(this.current.number)));
  }

  place(piece) {
    this.form.elements.namedItem("start").value = piece ? String(piece.start) : "";
    this.form.elements.namedItem("end").value = piece ? String(piece.end) : "";
  }

  drop() {
    if (this.bar.hidden) return;
    const inside = this.bar.contains(document.activeElement);
    const words = this.form.elements.namedItem("exact");
    this.bar.hidden = true;
    this.parts = [];
    this.several = [];
    this.place(null);
    words.value = words.defaultValue;
    this.tell("");
    show([]);
    this.handles.hide();
    document.getSelection()?.removeAllRanges();
    if (inside) this.article.closest("[tabindex]")?.focus();
  }

  async send(fit = "") {
    if (this.busy || this.parts.length === 0 || (fit === undefined)) return;
    this.busy = true;
    this.bar.setAttribute("aria-busy", "true");
    const answer = await send(this.bar.dataset.markedUrl, this.form, piecesOf(this.parts), fit);
    this.busy = false;
    this.bar.removeAttribute("aria-busy");
    if (answer.done) { this.drop(); this.tell(answer.said); return; }
    if (answer.existing) { location.hash = `#claim-${answer.existing}`; this.tell(answer.said, answer.said); return; }
    // What the server refuses it says; what went wrong on the way goes by the form itself.
    if (answer.said) this.tell(answer.said, answer.said); else if (!fit) this.form.submit(); else this.tell(say("The server is away. Try again."), say("The server is away. Try again."));
  }

  /** Heard by who does not see it; `shown` stands in the bar too. */
  tell(text, shown = "") {
    if (this.status && text !== " ") this.status.textContent = text;
    const place = this.bar.querySelector("[data-selection-said]");
    if (place) { place.textContent = shown.trim(); place.hidden = !shown.trim(); }
  }
}

/** By mouse (a plain click in the text lets go), by touch and its handles, by the browser's own selection keys. */
function wireSelecting(picking) {
  const { article } = picking;
  let touching = false;
  let timer = 0;
  let press = null;
  article.addEventListener("pointerdown", (event) => { touching = event.pointerType !== "mouse"; press = touching ? null : letterOf(event); });
  // Released anywhere: a drag often ends beside the text.
  document.addEventListener("mouseup", (event) => {
    if (touching || (!press && !article.contains(event.target))) return;
    const moves = event.detail <= 1 && document.getSelection()?.isCollapsed === false;
    const pressed = moves ? [press, letterOf(event)].filter(Boolean) : [];
    const inside = article.contains(event.target);
    press = null;
    setTimeout(() => { if (!picking.take({ whole: !event.altKey, pressed }) && inside) picking.drop(); });
  });
  article.addEventListener("click", (event) => {
    if (!touching || event.target.closest("a") || document.getSelection()?.isCollapsed === false) return;
    const found = sentenceAt(event.clientX, event.clientY);
    if (!found) return;
    picking.several = [];
    picking.pick([found], { touch: true, edge: "start" });
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (touching) timer = setTimeout(() => picking.take({ touch: true }), SETTLE);
  });
  document.addEventListener("keyup", (event) => {
    if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
    if ((event.shiftKey || event.key === "Shift") && !document.getSelection()?.isCollapsed) picking.take({});
  });
  // What was marked before this script was here.
  const there = document.getSelection();
  if (there && !there.isCollapsed && article.contains(there.anchorNode)) picking.take({});
}
