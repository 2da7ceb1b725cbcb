// The claim at hand: its words stand out in the text, and the text's own column scrolls to them.

export function wireAtHand() {
  const column = document.querySelector("[data-desk-text]");
  const list = document.querySelector("[data-card]")?.closest("ol") ?? document.querySelector("#claims ol");
  if (!column || !list) return;
  let shown = "";
  let settled = "";
  const marks = (id) => (id ? [...column.querySelectorAll(`[data-claims~="${id}"]`)] : []);
  const show = (id) => { shown = id; draw(column, marks(id)); };
  const settle = (id) => {
    if (settled !== id) {
      settled = id;
      const number = column.querySelector(`a.at[href$="#claim-${id}"]`)?.dataset.number ?? "";
      document.body.dispatchEvent(new CustomEvent("claim-at-hand", { detail: { id, number } }));
    }
    show(id);
    bring(column, marks(id)[0]);
  };
  const idOf = (event) => event.target.closest?.("[data-card]")?.dataset.card;
  // Only what a finger or mouse passes over is passing; focus and a click stay.
  list.addEventListener("pointerover", (event) => { const id = idOf(event); if (id && id !== shown) show(id); });
  list.addEventListener("pointerleave", () => show(settled));
  for (const kind of ["focusin", "click"]) list.addEventListener(kind, (event) => { const id = idOf(event); if (id) settle(id); });
  const target = () => {
    const id = location.hash.match(/^#claim-(\d+)$/)?.[1] ?? document.querySelector("[data-card]:has([aria-current=page])")?.dataset.card;
    const far = id && !document.getElementById(`claim-${id}`) && column.querySelector(`a.at[href^="?"][href$="#claim-${id}"]`);
    if (far) location.replace(far.href); // its card is on another page of a long list
    else if (id) settle(id);
  };
  addEventListener("hashchange", target);
  document.body.addEventListener("card-added", ({ detail }) => settle(detail.dataset.card));
  target();
}

/** Without changing the text's own nodes where the browser can. */
function draw(column, marks) {
  if (globalThis.CSS?.highlights) {
    if (marks.length === 0) { CSS.highlights.delete("current"); return; }
    const ranges = marks.map((mark) => { const range = document.createRange(); range.selectNodeContents(mark); return range; });
    CSS.highlights.set("current", new Highlight(...ranges));
    return;
  }
  for (const mark of column.querySelectorAll("mark.at-hand")) mark.classList.remove("at-hand");
  for (const mark of marks) mark.classList.add("at-hand");
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
