// The bar over the claim list: choose all, how many are chosen, and what the last act did, in sight where one is.
import { figures, latin, say } from "./words.js";

export function wireClaimList() {
  wireFilter();
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
  const stand = () => setTimeout(() => wrong.focus());
  if (wrong && document.readyState === "complete") stand();
  else if (wrong) addEventListener("load", stand);
}

/** After an act the page opens at the claim's card: what was done is told there, not above the fold. */
function gatherNotes(bar) {
  const above = document.querySelector("main > .messages.stack");
  if (!above) return;
  bar.querySelector("[data-notes]").append(...above.children);
  above.hidden = true;
}

function wireChoice(bar) {
  const boxes = () => [...document.querySelectorAll("#claims [name=claims]")];
  const waiting = () => boxes().filter((box) => box.hasAttribute("data-proposed"));
  const label = bar.querySelector("[data-choose-all]");
  const all = label.querySelector("input");
  const count = bar.querySelector("[data-chosen]");
  const also = bar.querySelector("[name=also]"); // only where the list has more claims than this page
  const tell = () => {
    const proposed = waiting();
    label.hidden = proposed.length === 0;
    const chosen = boxes().filter((box) => box.checked).length + (also ? howMany(also.value) : 0);
    count.textContent = chosen ? say("Chosen: %s").replace("%s", figures(String(chosen))) : "";
    const ticked = proposed.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === proposed.length;
    all.indeterminate = ticked > 0 && ticked < proposed.length;
  };
  all.addEventListener("change", () => {
    for (const box of waiting()) box.checked = all.checked;
    tell();
  });
  document.querySelector("#claims ol").addEventListener("change", (event) => { if (event.target.name === "claims") tell(); });
  document.body.addEventListener("card-added", tell);
  also?.addEventListener("input", tell);
  tell();
  if (also) carry(bar, also, boxes);
}

/** How many claims "3, 17-20" names. @param {string} text */
function howMany(text) {
  let count = 0;
  for (const [, low, high] of latin(text).matchAll(/(\d+)(?:\s*[-‐‑–—−]\s*(\d+))?/g)) count += high ? Math.abs(Number(high) - Number(low)) + 1 : 1;
  return count;
}

/**
 * What is chosen goes along to the other pages of the list; the address keeps it for a reload and the way back.
 * @param {Element} bar @param {HTMLInputElement} also @param {() => HTMLInputElement[]} boxes
 */
function carry(bar, also, boxes) {
  const here = (/** @type {string} */ address) => {
    const url = new URL(address);
    const chosen = [also.value, ...boxes().filter((box) => box.checked).map((box) => box.dataset.claimNumber)].join(" ").replace(/[\s,،;؛]+/g, " ").trim();
    if (chosen) url.searchParams.set("chosen", chosen);
    else url.searchParams.delete("chosen");
    return url.href;
  };
  const along = (event) => {
    const link = event.target.closest("a");
    if (link?.getAttribute("href")?.startsWith("?")) link.href = here(link.href);
  };
  const keep = () => history.replaceState(history.state, "", here(location.href));
  addEventListener("click", along, true);
  addEventListener("auxclick", along, true);
  document.querySelector("#claims").addEventListener("change", (event) => { if (event.target.form === also.form) keep(); });
}

/** The groups of the list without a reload; kept while one works on the article, so that an act does not undo it. */
function wireFilter() {
  const bar = document.querySelector("[data-claim-filter]");
  if (!bar || new URLSearchParams(location.search).has("show")) return;
  const key = `show-${bar.dataset.claimFilter}`;
  const links = [...bar.querySelectorAll("a")];
  const show = (group) => {
    for (const link of links) {
      if (link.dataset.group === group) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const card of document.querySelectorAll("#claims [data-card]")) {
      card.hidden = group !== "" && card.dataset.group !== group && !card.matches(":target");
    }
  };
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try { sessionStorage.setItem(key, link.dataset.group); } catch { /* private */ }
    show(link.dataset.group);
  });
  let kept = "";
  try { kept = sessionStorage.getItem(key) ?? ""; } catch { /* private */ }
  if (kept && links.some((link) => link.dataset.group === kept)) show(kept);
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (target?.matches("[data-card][hidden]")) { target.hidden = false; target.scrollIntoView({ block: "nearest" }); }
  });
}
