// Where words, letters and sentences begin and end: pure text, in the paragraph's own language.
import { graphemes } from "./offsets.js";

const DIGIT = "[0-9\\u0660-\\u0669\\u06F0-\\u06F9\\u0966-\\u096F]";
// A figure with all that belongs to it: sign and currency before, separators inside, per cent behind.
const FIGURE = new RegExp(`(?:(?<![^\\s(\\[«“"'])[-+\\u2212\\u2010])?[$€£¥₪]?${DIGIT}+(?:[.,:/\\u066B\\u066C\\u060C'’\\u00A0\\u202F\\u200E\\u200F]${DIGIT}+)*(?:[\\u200E\\u200F\\u061C]?[%\\u066A‰°€$£])?`, "gu");
const BLANK = /[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/;
const cutters = new Map();

function segmenter(language, granularity) {
  const name = `${language}|${granularity}`;
  if (!cutters.has(name)) {
    let made = null;
    try { made = new Intl.Segmenter(language, { granularity }); } catch { made = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity }) : null; }
    cutters.set(name, made);
  }
  return cutters.get(name);
}

/** Words and figures, in reading order. @returns {{from: number, to: number}[]} */
export function words(text, language) {
  const cut = segmenter(language, "word");
  const found = cut
    ? [...cut.segment(text)].filter((piece) => piece.isWordLike).map(({ index, segment }) => ({ from: index, to: index + segment.length }))
    : [...text.matchAll(/[\p{L}\p{M}\p{N}\u200c\u200d]+/gu)].map((hit) => ({ from: hit.index, to: hit.index + hit[0].length }));
  const figures = [...text.matchAll(FIGURE)].map((hit) => ({ from: hit.index, to: hit.index + hit[0].length }));
  if (figures.length === 0) return found;
  const joined = [];
  let next = 0;
  for (const word of found) {
    while (next < figures.length && figures[next].to <= word.from) next += 1;
    const figure = figures[next];
    const piece = figure && figure.from < word.to && word.from < figure.to ? { from: Math.min(word.from, figure.from), to: Math.max(word.to, figure.to) } : word;
    const last = joined.at(-1);
    if (last && piece.from < last.to) last.to = Math.max(last.to, piece.to);
    else joined.push(piece);
  }
  return joined;
}

/** No white space and no direction mark at either end. */
export function trim(text, from, to) {
  let [start, end] = [from, to];
  while (start < end && BLANK.test(text[start])) start += 1;
  while (end > start && BLANK.test(text[end - 1])) end -= 1;
  return [start, end];
}

/** To the borders of letters always, of words too unless they are switched off. */
export function snap(text, from, to, language, { whole = true } = {}) {
  let [start, end] = trim(text, from, to);
  if (start >= end) return [start, start];
  for (const { index, segment } of graphemes(text)) {
    const last = index + segment.length;
    if (index < start && start < last) start = index;
    if (index < end && end < last) end = last;
    if (index >= end) break;
  }
  if (!whole) return [start, end];
  for (const word of words(text, language)) {
    if (word.from < start && start < word.to) start = word.from;
    if (word.from < end && end < word.to) end = word.to;
    if (word.from >= end) break;
  }
  return [start, end];
}

/** The sentences of a paragraph, without the space between them; none that is only marks. */
export function sentences(text, language) {
  const cut = segmenter(language, "sentence");
  if (!cut) return [trim(text, 0, text.length)].map(([from, to]) => ({ from, to }));
  return [...cut.segment(text)]
    .map(({ index, segment }) => trim(text, index, index + segment.length))
    .filter(([from, to]) => /[\p{L}\p{N}]/u.test(text.slice(from, to)))
    .map(([from, to]) => ({ from, to }));
}

/** How many words stand there. */
export function countWords(text, language) {
  return words(text, language).length;
}

/** The next border of a word from an edge, in reading order; the same place where there is none. */
export function step(text, language, edge, place, forward) {
  const all = words(text, language);
  if (edge === "end") {
    if (forward) return all.find((word) => word.to > place)?.to ?? text.trimEnd().length;
    const last = all.findLast((word) => word.from < place);
    return all.findLast((word) => last && word.to <= last.from)?.to ?? place;
  }
  if (forward) {
    const first = all.find((word) => word.to > place);
    return all.find((word) => first && word.from >= first.to)?.from ?? place;
  }
  return all.findLast((word) => word.from < place)?.from ?? trim(text, 0, text.length)[0];
}
