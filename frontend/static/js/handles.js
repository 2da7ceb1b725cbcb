// Two handles at the ends of picked words, for fingers: they stand beside the text, never in it, and the page still scrolls.
import { placeAt, rangeIn } from "./offsets.js";

const RTL = /[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const EDGE = 56;

export function wireHandles(article, { moved, done }) {
  const frame = article.closest("[data-desk-text]") ?? article.parentElement;
  const handles = new Map();
  const api = { shown: false, place, hide };
  let part = null;

  function hide() {
    api.shown = false;
    part = null;
    for (const handle of handles.values()) handle.hidden = true;
  }

  function place(fresh) {
    part = fresh;
    api.shown = true;
    if (handles.size === 0) for (const edge of ["start", "end"]) handles.set(edge, make(edge));
    const text = part.block.textContent ?? "";
    const last = text.codePointAt(part.to - 2) > 0xffff ? part.to - 2 : part.to - 1;
    for (const [edge, from, to] of [["start", part.from, part.from + (text.codePointAt(part.from) > 0xffff ? 2 : 1)], ["end", last, part.to]]) {
      const box = [...rangeIn(part.block, from, to).getClientRects()].at(-1);
      const handle = handles.get(edge);
      handle.hidden = !box;
      if (!box) continue;
      const letter = text.slice(from, to);
      const rtl = RTL.test(letter) || (!/[\p{L}\p{N}]/u.test(letter) && getComputedStyle(part.block).direction === "rtl");
      handle.anchor = { x: (edge === "start") === rtl ? box.right - 1 : box.left + 1, y: box.top + box.height / 2 };
      const outer = frame.getBoundingClientRect();
      handle.style.setProperty("--x", `${handle.anchor.x - outer.left - frame.clientLeft + frame.scrollLeft}px`);
      handle.style.setProperty("--y", `${box.bottom - outer.top - frame.clientTop + frame.scrollTop}px`);
    }
  }

  function make(edge) {
    const handle = document.createElement("span");
    handle.className = "pick-handle";
    handle.dataset.pickHandle = edge;
    handle.setAttribute("aria-hidden", "true");
    let grip = null;
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      grip = { x: event.clientX - handle.anchor.x, y: event.clientY - handle.anchor.y };
    });
    handle.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const [x, y] = [event.clientX - grip.x, event.clientY - grip.y];
      for (const each of handles.values()) each.classList.add("away");
      const found = placeAt(x, y);
      for (const each of handles.values()) each.classList.remove("away");
      if (found && article.contains(found.block)) moved(edge, found);
      const own = frame.scrollHeight > frame.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(frame).overflowY) ? frame : window;
      if (event.clientY < EDGE) own.scrollBy(0, -12); else if (event.clientY > innerHeight - EDGE) own.scrollBy(0, 12);
    });
    const end = () => { if (grip) { grip = null; done(); } };
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
    frame.append(handle);
    return handle;
  }

  addEventListener("resize", () => { if (part) place(part); });
  return api;
}
