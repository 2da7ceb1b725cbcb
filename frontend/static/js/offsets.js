// The one place where JavaScript's UTF-16 meets the server's code points.

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
function blockOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest("[data-start]") ?? null;
}

/** UTF-16 units of the block's text before a boundary point. */
function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Word and grapheme borders, so that a drag that stops inside a word takes the whole of it. */
function snap(text, start, end, language) {
  if (!("Segmenter" in Intl)) return [start, end];
  let segmenter;
  try { segmenter = new Intl.Segmenter(language || undefined, { granularity: "word" }); } catch { segmenter = new Intl.Segmenter(undefined, { granularity: "word" }); }
  for (const piece of segmenter.segment(text)) {
    const last = piece.index + piece.segment.length;
    if (piece.isWordLike && piece.index < start && start < last) start = piece.index;
    if (piece.isWordLike && piece.index < end && end < last) { end = last; break; }
  }
  // A bidi drag that starts at the edge of a number loses its first digits: figures with marks in them stay whole.
  while (start > 0 && /[\d.,٫٬٠-٩]/.test(text[start - 1]) && /[\d٠-٩]/.test(text[start])) start -= 1;
  while (end < text.length && /[\d٠-٩]/.test(text[end - 1]) && /[\d.,٫٬٠-٩]/.test(text[end]) && /[\d٠-٩]/.test(text.slice(end, end + 2))) end += 1;
  return [start, end];
}

/**
 * The selection as the server wants it: code points into the whole text, and the exact words.
 * Of a selection over several paragraphs the larger part is taken.
 * @param {Selection | null} selection @param {{snapping?: boolean}} [options]
 * @returns {{start: number, end: number, exact: string, clipped: boolean} | null}
 */
export function fromSelection(selection, { snapping = true } = {}) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const article = blockOf(range.startContainer)?.closest("[data-article-text]")
    ?? (range.commonAncestorContainer instanceof Element ? range.commonAncestorContainer.querySelector?.("[data-article-text]") ?? range.commonAncestorContainer.closest("[data-article-text]") : null);
  if (!article) return null;
  let best = null;
  let touched = 0;
  for (const block of article.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(block)) continue;
    const text = block.textContent ?? "";
    let start = block.contains(range.startContainer) ? unitsBefore(block, range.startContainer, range.startOffset) : 0;
    let end = block.contains(range.endContainer) ? unitsBefore(block, range.endContainer, range.endOffset) : text.length;
    if (snapping && start < end) [start, end] = snap(text, start, end, article.lang);
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    if (start >= end) continue;
    touched += 1;
    if (!best || end - start > best.units) {
      const base = Number(block.dataset.start);
      best = { units: end - start, start: base + toCodePoints(text, start), end: base + toCodePoints(text, end), exact: text.slice(start, end) };
    }
  }
  return best && { start: best.start, end: best.end, exact: best.exact, clipped: touched > 1 };
}
