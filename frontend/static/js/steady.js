// What arrives above the place one is at does not move that place away from under the hand.

let pressed = false;
let pointer = null; // where it is, if it moved after the last key

addEventListener("pointerdown", () => { pressed = true; }, { capture: true });
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { setTimeout(() => { pressed = false; }); }, { capture: true });
addEventListener("pointermove", (event) => { pointer = [event.clientX, event.clientY]; }, { passive: true });
addEventListener("keydown", () => { pointer = null; }, { capture: true });

/** Changes the page when no button is down, and scrolls by what that moved: what the hand last went to, the pointer's place or the field one writes in. */
export async function steadily(change) {
  while (pressed) await new Promise((done) => { setTimeout(done, 50); });
  const place = pointer ? document.elementFromPoint(...pointer) : document.activeElement?.closest("main form") && document.activeElement;
  const before = place?.getBoundingClientRect().top;
  change();
  if (!place?.isConnected) return;
  const moved = place.getBoundingClientRect().top - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}
