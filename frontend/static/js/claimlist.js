// The bar over the claim list: choose all, how many are chosen, and what the last act did, in sight where one is.
import { say } from "./words.js";

export function wireClaimList() {
  const bar = document.querySelector("[data-claim-bar]");
  if (!bar) return;
  gatherNotes(bar);
  wireChoice(bar);
  const reason = bar.querySelector("[name=reason]");
  reason.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    reason.form.requestSubmit(bar.querySelector("[data-drop-chosen]"));
  });
  // After a refusal one stands at the field that needs mending; before the page is loaded, the browser's own jump to #… would undo it.
  const wrong = document.querySelector("#claims [aria-invalid=true]");
  if (wrong) addEventListener("load", () => setTimeout(() => wrong.focus()));
}

/** After an act the page opens at the claim's card: what was done is told there, not above the fold. */
function gatherNotes(bar) {
  const above = document.querySelector("main > .messages.stack");
  if (!above) return;
  bar.querySelector("[data-notes]").append(...above.children);
  above.hidden = true;
}

function wireChoice(bar) {
  const boxes = [...document.querySelectorAll("[name=claims]")];
  const proposed = boxes.filter((box) => box.hasAttribute("data-proposed"));
  const label = bar.querySelector("[data-choose-all]");
  const all = label.querySelector("input");
  const count = bar.querySelector("[data-chosen]");
  label.hidden = proposed.length === 0;
  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen ? say("Chosen: %s").replace("%s", String(chosen)) : "";
    const ticked = proposed.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === proposed.length;
    all.indeterminate = ticked > 0 && ticked < proposed.length;
  };
  all.addEventListener("change", () => {
    for (const box of proposed) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
