// The words that are picked in the article: by drag, tap, handle or key. Nothing is put into the text.
import { languageOf, letterAt, pieceOf, placeAt, rangeIn, unitsBefore } from "./offsets.js";
import { countWords, sentences, snap, step, words } from "./snapping.js";

/** @typedef {{block: HTMLElement, from: number, to: number}} Part */

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LTR = /[\p{L}\p{N}]/u;

/** The stretches of a selection, one a paragraph. @param {HTMLElement} article @returns {Part[]} */
export function fromSelection(article, selection, { whole = true, pressed = [] } = {}) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article)) return [];
  const parts = [];
  for (const block of article.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(block)) continue;
    const text = block.textContent ?? "";
    let from = block.contains(range.startContainer) ? unitsBefore(block, range.startContainer, range.startOffset) : 0;
    let to = block.contains(range.endContainer) ? unitsBefore(block, range.endContainer, range.endOffset) : text.length;
    if (range.comparePoint(block, 0) > 0 && !block.contains(range.endContainer)) continue;
    for (const letter of pressed) {
      if (letter.block !== block || (from >= to && pressed.every((each) => each.block === block) === false)) continue;
      if (againstTheStream(block, text.slice(letter.from, letter.to))) { from = Math.min(from, letter.from); to = Math.max(to, letter.to); }
    }
    [from, to] = snap(text, from, to, languageOf(block), { whole });
    if (from < to) parts.push({ block, from, to });
  }
  return parts;
}

/** A letter whose direction is not its paragraph's: a caret at its edge may mean the other end of its words. */
function againstTheStream(block, letter) {
  const rtl = getComputedStyle(block).direction === "rtl";
  return rtl ? LTR.test(letter) && !(RTL.test(letter) && !/\p{N}/u.test(letter)) || /[%\u066a$€£.,]/.test(letter) : RTL.test(letter);
}

/** Presses and releases of the mouse, as the letters they lie on. */
export function letterOf(event) {
  return letterAt(event.clientX, event.clientY);
}

/** @returns {Part | null} the sentence under a point */
export function sentenceAt(x, y) {
  const place = placeAt(x, y);
  if (!place) return null;
  const all = sentences(place.block.textContent ?? "", languageOf(place.block));
  const found = all.find((each) => each.from <= place.units && place.units <= each.to) ?? all.findLast((each) => each.from <= place.units) ?? all[0];
  return found ? { block: place.block, ...found } : null;
}

/** @returns {Part | null} the sentence after or before what is picked, or after the place one stands at */
export function nextSentence(article, parts, forward, anchor) {
  const blocks = [...article.querySelectorAll("[data-start]")];
  const at = parts.length > 0 ? parts[forward ? parts.length - 1 : 0] : anchor;
  let place = at ? blocks.indexOf(at.block) : (forward ? 0 : blocks.length - 1);
  let border = at ? (forward ? at.to : at.from) : (forward ? 0 : Infinity);
  for (; place >= 0 && place < blocks.length; place += forward ? 1 : -1) {
    const block = blocks[place];
    const all = sentences(block.textContent ?? "", languageOf(block));
    const found = forward ? all.find((each) => each.from >= border) : all.findLast((each) => each.to <= border);
    if (found) return { block, ...found };
    border = forward ? 0 : Infinity;
  }
  return null;
}

/** One edge goes on by a word in reading order; it never passes the other. @param {Part} part @returns {Part} */
export function moved(part, edge, forward) {
  const text = part.block.textContent ?? "";
  const language = languageOf(part.block);
  const place = step(text, language, edge, edge === "end" ? part.to : part.from, forward);
  if (edge === "end") {
    const least = words(text, language).find((word) => word.to > part.from)?.to ?? part.to;
    return { ...part, to: Math.max(place, Math.min(least, part.to)) };
  }
  const most = words(text, language).findLast((word) => word.from < part.to)?.from ?? part.from;
  return { ...part, from: Math.min(place, Math.max(most, part.from)) };
}

/** An edge goes to where a handle is: to the border of the word there. @returns {Part} */
export function dragged(part, edge, place) {
  const text = part.block.textContent ?? "";
  const blocks = part.block.compareDocumentPosition(place.block);
  const units = place.block === part.block ? place.units : (blocks & Node.DOCUMENT_POSITION_FOLLOWING ? text.length : 0);
  const all = words(text, languageOf(part.block));
  const nearest = (name, low, high) => all.map((word) => word[name]).filter((each) => each > low && each < high)
    .reduce((best, each) => (best === null || Math.abs(each - units) < Math.abs(best - units) ? each : best), null);
  if (edge === "end") {
    const last = units >= text.length ? text.length : nearest("to", part.from, Infinity);
    return { ...part, to: snap(text, part.from, last ?? part.to, languageOf(part.block))[1] };
  }
  return { ...part, from: nearest("from", -1, part.to) ?? part.from };
}

export function largest(parts) {
  return parts.reduce((best, part) => (part.to - part.from > best.to - best.from ? part : best));
}

export function piecesOf(parts) { return parts.map(pieceOf); }

export function textOf(parts) { return piecesOf(parts).map((piece) => piece.exact).join(" … "); }

export function wordsIn(parts) {
  return parts.reduce((sum, { block, from, to }) => sum + countWords((block.textContent ?? "").slice(from, to), languageOf(block)), 0);
}

/** The stretches stand out, and the edge that moved is in sight. */
export function show(parts) {
  globalThis.CSS?.highlights?.delete("pending");
  if (parts.length === 0 || !globalThis.CSS?.highlights) return;
  const drawn = new Highlight(...parts.map((part) => rangeIn(part.block, part.from, part.to)));
  drawn.priority = 2;
  CSS.highlights.set("pending", drawn);
}

/** Scrolls the text's own column, or the page, so that an edge of the words is in sight above the bar. */
export function bring(part, edge, bar) {
  const boxes = rangeIn(part.block, part.from, part.to).getClientRects();
  const box = boxes[edge === "end" ? boxes.length - 1 : 0];
  if (!box) return;
  const column = part.block.closest("[data-desk-text]");
  const own = column && column.scrollHeight > column.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(column).overflowY);
  const frame = own ? column.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const low = Math.min(frame.bottom, bar.hidden ? innerHeight : bar.getBoundingClientRect().top) - 12;
  const high = Math.max(frame.top, 0) + 12;
  if (box.top >= high && box.bottom <= low) return;
  const by = box.bottom > low ? box.bottom - low + 48 : box.top - high - 48;
  (own ? column : window).scrollBy({ top: by, behavior: "auto" });
}

