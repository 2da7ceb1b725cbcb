// The one place where JavaScript's UTF-16 meets the server's code points, and where places in the text meet the page.

/** @param {string} text @param {number} units UTF-16 units from the start @returns {number} code points */
export function toCodePoints(text, units) {
  let points = 0;
  for (let place = 0; place < units; points += 1) place += text.codePointAt(place) > 0xffff ? 2 : 1;
  return points;
}

/** @param {string} text @param {number} points @returns {number} UTF-16 units */
export function toUnits(text, points) {
  let place = 0;
  for (let count = 0; count < points && place < text.length; count += 1) place += text.codePointAt(place) > 0xffff ? 2 : 1;
  return place;
}

/** The paragraph of the article that a node stands in. @param {Node | null} node @returns {HTMLElement | null} */
export function blockOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest("[data-article-text] [data-start]") ?? null;
}

/** UTF-16 units of the block's text before a boundary point. */
export function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The language of a paragraph: its own, or its article's. */
export function languageOf(block) {
  return block.closest("[lang]")?.lang || "und";
}

/** @param {HTMLElement} block @returns {Range} the stretch between two places of the block, in UTF-16 units */
export function rangeIn(block, from, to) {
  const range = document.createRange();
  range.selectNodeContents(block);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.data.length;
    // A beginning stands before its letter, never behind the one before it: an element may begin between.
    if (!begun && from < end) { range.setStart(node, from - at); begun = true; }
    if (to <= end) { range.setEnd(node, to - at); break; }
    at = end;
  }
  return range;
}

/** What the server wants to know of a stretch: code points into the whole text, and the exact words. */
export function pieceOf({ block, from, to }) {
  const text = block.textContent ?? "";
  const base = Number(block.dataset.start);
  return { start: base + toCodePoints(text, from), end: base + toCodePoints(text, to), exact: text.slice(from, to) };
}

/** The place in the article under a point of the screen. @returns {{block: HTMLElement, units: number} | null} */
export function placeAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const node = caret?.offsetNode ?? range?.startContainer;
  if (!node) return null;
  const block = blockOf(node);
  return block && { block, units: unitsBefore(block, node, caret?.offset ?? range.startOffset) };
}

const AROUND = 60;

/**
 * The letter that a point of the screen lies on. A caret between two directions stands in two places at once, so the letters
 * around it are asked where they are.
 * @returns {{block: HTMLElement, from: number, to: number} | null}
 */
export function letterAt(x, y) {
  const place = placeAt(x, y);
  if (!place) return null;
  const { block, units } = place;
  const text = block.textContent ?? "";
  const first = Math.max(0, units - AROUND);
  const letters = [...graphemes(text.slice(first, units + AROUND))].map(({ index, segment }) => ({ from: first + index, to: first + index + segment.length }));
  letters.sort((one, other) => Math.abs(one.from - units) - Math.abs(other.from - units));
  for (const { from, to } of letters) {
    for (const box of rangeIn(block, from, to).getClientRects()) {
      if (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom && box.right > box.left) return { block, from, to };
    }
  }
  return null;
}

let cutter = null;

/** What a reader takes for one letter: with its marks, a flag, a family of emoji. */
export function graphemes(text) {
  if (!("Segmenter" in Intl)) return [...text].map((segment, index, all) => ({ segment, index: all.slice(0, index).join("").length }));
  cutter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return cutter.segment(text);
}
