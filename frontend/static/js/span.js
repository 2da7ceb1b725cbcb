// A claim from the selection: the add-claim form is filled, the passage shown as pending; nothing is put into the text.
import { fromSelection, toUnits } from "./offsets.js";
import { say } from "./words.js";

export function wireSpanForm() {
  const form = document.querySelector("[data-span-form]");
  const article = document.querySelector("[data-article-text]");
  if (!form || !article) return;
  const status = form.querySelector("[data-span-status]");
  const words = form.elements.namedItem("exact");
  const take = (snapping) => {
    const found = fromSelection(document.getSelection(), { snapping });
    if (!found) return;
    form.elements.namedItem("start").value = String(found.start);
    form.elements.namedItem("end").value = String(found.end);
    words.value = found.exact;
    form.closest("details").open = true;
    status.textContent = found.clipped ? say("The selection ran over several paragraphs: its larger part was taken.") : say("Marked. Add the claim, or mark other words.");
    show(article, found);
  };
  article.addEventListener("mouseup", (event) => setTimeout(() => take(!event.altKey)));
  article.addEventListener("touchend", () => setTimeout(() => take(true), 50));
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") take(true); });
  // Words typed by hand are found by the server: the marked place no longer holds.
  words.addEventListener("input", () => { form.elements.namedItem("start").value = ""; form.elements.namedItem("end").value = ""; });
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
