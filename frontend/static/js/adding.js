// Picked words go to the server; what they change on the page is put in place: the paragraphs, the card, what can be undone.
import { ask } from "./server.js";

/** @returns {Promise<{done?: boolean, said?: string, existing?: number}>} `said` without `done`: refused; nothing: it did not get through */
export async function send(url, form, pieces, fit = "") {
  const body = new FormData();
  for (const { start, end, exact } of pieces) { body.append("start", String(start)); body.append("end", String(end)); body.append("exact", exact); }
  for (const name of ["csrfmiddlewaretoken", "order"]) { const field = form.elements.namedItem(name); if (field) body.append(name, field.value); }
  if (fit) {
    body.append("fit", String(fit));
    body.append("row_version", document.getElementById(`claim-${fit}`)?.dataset.version ?? "");
  }
  try {
    const response = await ask(url, { method: "POST", body, headers: { Accept: "text/html" } });
    const type = response.headers.get("Content-Type") ?? "";
    if (!response.ok && type.includes("json")) { const problem = await response.json(); return { said: problem.detail, existing: problem.existing ?? undefined }; }
    if (!response.ok || response.redirected) return {};
    const text = await response.text();
    performance.mark("claim-answer");
    const said = put(text);
    performance.measure("claim-added", "claim-answer");
    return said === null ? {} : { done: true, said };
  } catch { return {}; }
}

/** @returns {string | null} what is said of it */
function put(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-marked]");
  const list = document.querySelector("#claims ol");
  if (!fresh || !list) return null;
  for (const block of fresh.querySelectorAll("[data-marked-blocks] > [data-start]")) {
    document.querySelector(`[data-article-text] [data-start="${block.dataset.start}"]`)?.replaceWith(document.adoptNode(block));
  }
  const card = document.adoptNode(fresh.querySelector("[data-marked-card] > [data-card]"));
  const old = document.getElementById(card.id);
  const before = document.getElementById(`claim-${fresh.dataset.before ?? ""}`);
  const after = document.getElementById(`claim-${fresh.dataset.after ?? ""}`);
  if (old && list.contains(old)) old.replaceWith(card);
  else if (before) before.before(card);
  else if (after) after.after(card);
  else if (fresh.dataset.count === "1") list.append(card);
  list.querySelector(".empty")?.remove();
  for (const link of document.querySelectorAll('[data-article-text] a.at[href^="?"]')) {
    if (document.getElementById(link.hash.slice(1))) link.href = link.hash;
  }
  const said = document.querySelector(".claim-said");
  const undo = fresh.querySelector(".claim-said [form=undo]");
  if (said && undo) {
    said.querySelector("[form=undo]")?.remove();
    said.append(document.adoptNode(undo));
    document.getElementById("undo")?.remove();
    document.querySelector("[data-claim-bar]")?.append(document.adoptNode(fresh.querySelector("#undo")));
    const note = document.createElement("p");
    note.className = "note note-good";
    note.textContent = fresh.dataset.said;
    said.querySelector("[data-notes]")?.replaceChildren(note);
  }
  for (const place of document.querySelectorAll("[data-claims-count]")) place.textContent = fresh.dataset.count;
  if (!card.isConnected) return fresh.dataset.said; // its place is on another page of a long list
  document.body.dispatchEvent(new CustomEvent("card-added", { detail: card }));
  if (matchMedia("(min-width: 62rem)").matches) card.scrollIntoView({ block: "nearest" });
  return fresh.dataset.said;
}
