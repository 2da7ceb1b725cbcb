// The claim at hand: its words stand out in the text, and the text's own column scrolls to them.

export function wireAtHand() {
  const column = document.querySelector("[data-desk-text]");
  const cards = document.querySelectorAll("[data-card]");
  if (!column || cards.length === 0) return;
  const marks = new Map();
  for (const mark of column.querySelectorAll("[data-claims]")) {
    for (const id of mark.dataset.claims.split(" ")) marks.set(id, [...(marks.get(id) ?? []), mark]);
  }
  let shown = "";
  let settled = "";
  const show = (id) => {
    if (id === shown) return;
    for (const mark of marks.get(shown) ?? []) mark.classList.remove("at-hand");
    for (const mark of marks.get(id) ?? []) mark.classList.add("at-hand");
    shown = id;
  };
  const settle = (id) => {
    settled = id;
    show(id);
    bring(column, marks.get(id)?.[0]);
  };
  for (const card of cards) {
    const id = card.dataset.card;
    // Only what a finger or mouse passes over is passing; focus and a click stay.
    card.addEventListener("pointerenter", () => show(id));
    card.addEventListener("pointerleave", () => show(settled));
    card.addEventListener("focusin", () => settle(id));
    card.addEventListener("click", () => settle(id));
  }
  const target = () => {
    const id = location.hash.match(/^#claim-(\d+)$/)?.[1];
    if (id) settle(id);
  };
  addEventListener("hashchange", target);
  target();
}

/** Scrolls the column alone, and only where it has a scroll of its own. */
function bring(column, mark) {
  if (!mark || column.scrollHeight <= column.clientHeight) return;
  const frame = column.getBoundingClientRect();
  const place = mark.getBoundingClientRect();
  if (place.top >= Math.max(frame.top, 0) && place.bottom <= Math.min(frame.bottom, innerHeight)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  column.scrollBy({ top: place.top - frame.top - frame.height / 4, behavior: calm ? "auto" : "smooth" });
}
