// A claim from the selection: the add-claim form is filled and a bar offers to send it; nothing is put into the text.
import { fromSelection, toUnits } from "./offsets.js";
import { say } from "./words.js";

const SETTLE = 400;

export function wireSpanForm() {
  const form = document.querySelector("[data-span-form]");
  const article = document.querySelector("[data-article-text]");
  const bar = document.querySelector("[data-selection-bar]");
  if (!form || !article || !bar) return;
  const status = document.querySelector("[data-span-status]");
  const shown = bar.querySelector("[data-selection-words]");
  const words = form.elements.namedItem("exact");
  const place = (start, end) => { form.elements.namedItem("start").value = start; form.elements.namedItem("end").value = end; };
  const take = (snapping) => {
    const found = fromSelection(document.getSelection(), { snapping });
    if (!found) return false;
    place(String(found.start), String(found.end));
    words.value = found.exact;
    shown.textContent = found.exact;
    bar.hidden = false;
    status.textContent = found.clipped ? say("The selection ran over several paragraphs: its larger part was taken.") : say("Marked. Add the claim, or mark other words.");
    show(article, found);
    return true;
  };
  const cancel = () => {
    if (bar.hidden) return;
    const inside = bar.contains(document.activeElement);
    bar.hidden = true;
    place("", "");
    words.value = words.defaultValue;
    status.textContent = "";
    globalThis.CSS?.highlights?.delete("pending");
    document.getSelection()?.removeAllRanges();
    if (inside) article.closest("[tabindex]")?.focus();
  };
  bar.querySelector("[data-selection-cancel]").addEventListener("click", cancel);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") cancel(); });
  wireSelecting(article, take, cancel);
  // Words typed by hand are found by the server: the marked place no longer holds.
  words.addEventListener("input", () => { place("", ""); bar.hidden = true; });
}

/** By mouse (a plain click in the text lets go), by touch and its handles, by keyboard outside of fields. */
function wireSelecting(article, take, cancel) {
  let touching = false;
  let timer = 0;
  article.addEventListener("pointerdown", (event) => { touching = event.pointerType !== "mouse"; });
  article.addEventListener("mouseup", (event) => setTimeout(() => { if (!take(!event.altKey) && !touching) cancel(); }));
  article.addEventListener("touchend", () => setTimeout(() => take(true), 50));
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (touching) timer = setTimeout(() => take(true), SETTLE);
  });
  document.addEventListener("keyup", (event) => {
    if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
    if (event.shiftKey || event.key === "Shift") take(true);
  });
}

function show(article, found) {
  if (!globalThis.CSS?.highlights) return;
  for (const block of article.querySelectorAll("[data-start]")) {
    const base = Number(block.dataset.start);
    const text = block.textContent ?? "";
    const from = toUnits(text, found.start - base);
    const to = toUnits(text, found.end - base);
    if (found.start < base || text.slice(from, to) !== found.exact) continue;
    const range = document.createRange();
    range.setStart(...point(block, from));
    range.setEnd(...point(block, to));
    CSS.highlights.set("pending", new Highlight(range));
    return;
  }
}

function point(block, units) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = units;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.data.length) return [node, left];
    left -= node.data.length;
  }
  return [block, block.childNodes.length];
}
