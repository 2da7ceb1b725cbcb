// What arrives above the place one is at does not move that place away from under the hand.

let pressed = false;
let pointer = null;

addEventListener("pointerdown", () => { pressed = true; }, { capture: true });
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { setTimeout(() => { pressed = false; }); }, { capture: true });
addEventListener("pointermove", (event) => { pointer = [event.clientX, event.clientY]; }, { passive: true });

/** Changes the page when no button is down, and scrolls by what that moved: the field one writes in, else what the pointer is over. */
export async function steadily(change) {
  while (pressed) await new Promise((done) => { setTimeout(done, 50); });
  const place = document.activeElement?.closest("main form") ? document.activeElement : pointer && document.elementFromPoint(...pointer);
  const before = place?.getBoundingClientRect().top;
  change();
  if (!place?.isConnected) return;
  const moved = place.getBoundingClientRect().top - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}
