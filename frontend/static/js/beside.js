// The kept text of a source stands where the article stood; words marked in it become the quote.
import { ask } from "./server.js";

const EDGES = { sentence_next: ["", true], sentence_previous: ["", false], end_out: ["end", true], end_in: ["end", false], start_in: ["start", true], start_out: ["start", false] };

export function wireBeside() {
  const pane = document.querySelector("[data-beside]");
  const article = document.querySelector("[data-beside-article]");
  if (!pane || !article) return;
  const column = pane.closest("[data-desk-text]");
  let block = null;
  let read = 0;

  const close = () => {
    pane.hidden = true;
    pane.replaceChildren();
    globalThis.CSS?.highlights?.delete("passage");
    article.hidden = false;
    column.scrollTop = read;
  };

  const open = async (link) => {
    let text = "";
    try {
      const answer = await ask(link.dataset.besideUrl, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      text = await answer.text();
    } catch {
      location.assign(link.href);
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (pane.hidden) read = column.scrollTop;
    block = link.closest("[data-block]");
    pane.replaceChildren(...page.body.childNodes);
    pane.hidden = false;
    article.hidden = true;
    column.scrollTop = 0;
    pane.scrollIntoView({ block: "nearest" });
    pane.querySelector("[data-beside-title]").focus({ preventScroll: true });
    showPassage(pane, block?.querySelector(".passage mark")?.textContent ?? "");
  };

  const take = () => {
    const words = marked(pane);
    const field = block?.isConnected ? block.querySelector('[data-name="quote"]') : null;
    if (!words || !field) return;
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.getSelection()?.removeAllRanges();
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-beside-url]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  pane.addEventListener("click", (event) => {
    if (event.target.closest("[data-beside-close]")) { const back = block; close(); back?.querySelector("a[data-beside-url]")?.focus(); }
    if (event.target.closest("[data-beside-take]")) take();
  });
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.getSelection()?.isCollapsed === false) { document.getSelection().removeAllRanges(); return; }
    close();
    block?.querySelector("a[data-beside-url]")?.focus();
  });
  document.body.addEventListener("pick-key", ({ detail }) => { if (!pane.hidden) pick(pane, detail); });
  document.addEventListener("selectionchange", () => {
    const button = pane.querySelector("[data-beside-take]");
    if (button) button.disabled = !marked(pane);
  });
}

/** Without a mouse: the keys that pick sentences and words in an article mark them here. */
async function pick(pane, action) {
  const text = pane.querySelector("[data-beside-text]");
  const selection = document.getSelection();
  if (!text || !selection || !(action in EDGES)) return;
  const [{ fromSelection, moved, nextSentence }, { rangeIn }] = await Promise.all([import("./pick.js"), import("./offsets.js")]);
  for (const line of text.querySelectorAll("p, h3, td")) line.dataset.start = "";
  const parts = fromSelection(text, selection);
  const [edge, forward] = EDGES[action];
  const part = edge ? parts[0] && moved(parts[0], edge, forward) : nextSentence(text, parts, forward, null);
  if (!part) return;
  const range = rangeIn(part.block, part.from, part.to);
  selection.removeAllRanges();
  selection.addRange(range);
  part.block.scrollIntoView({ block: "nearest" });
  pane.querySelector("[data-beside-said]").textContent = range.toString();
}

/** The marked words in the pane's text, whole words, white space as single spaces. */
function marked(pane) {
  const text = pane.querySelector("[data-beside-text]");
  const selection = document.getSelection();
  if (!text || !selection || selection.isCollapsed || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0).cloneRange();
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return "";
  widen(range);
  const pieces = range.cloneContents();
  for (const line of pieces.querySelectorAll("br, p, td, h3")) line.before(" ");
  return (pieces.textContent ?? "").replace(/\s+/gu, " ").trim();
}

/** A drag seldom meets the letter: both ends go to the border of their word. */
function widen(range) {
  const spans = (node) => [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(node.data)];
  const { startContainer: first, endContainer: last } = range;
  if (first instanceof Text) {
    const word = spans(first).find(({ index, segment, isWordLike }) => isWordLike && index < range.startOffset && range.startOffset < index + segment.length);
    if (word) range.setStart(first, word.index);
  }
  if (last instanceof Text) {
    const word = spans(last).find(({ index, segment, isWordLike }) => isWordLike && index < range.endOffset && range.endOffset < index + segment.length);
    if (word) range.setEnd(last, word.index + word.segment.length);
  }
}

/** What was found for the quote is in sight and stands out. */
function showPassage(pane, words) {
  if (!words) return;
  for (const paragraph of pane.querySelectorAll("[data-beside-text] p")) {
    if (!paragraph.textContent.includes(words)) continue;
    paragraph.scrollIntoView({ block: "center" });
    if (globalThis.CSS?.highlights) CSS.highlights.set("passage", new Highlight(within(paragraph, paragraph.textContent.indexOf(words), words.length)));
    return;
  }
}

function within(paragraph, start, length) {
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.data.length;
    if (start >= at && start < end) range.setStart(node, start - at);
    if (start + length > at && start + length <= end) { range.setEnd(node, start + length - at); break; }
    at = end;
  }
  return range;
}
