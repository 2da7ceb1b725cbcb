// The dialog of keys: those of this page, each to be changed by pressing another.
import { namesOf } from "./keymap.js";
import { ask } from "./server.js";
import { say } from "./words.js";

export async function openHelp(url, { can, changed }) {
  const dialog = document.querySelector("dialog[data-keys-dialog]") ?? document.body.appendChild(make());
  if (dialog.open) return;
  try {
    const response = await ask(`${url}?dialog=1`, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    fill(dialog, await response.text(), { can, changed });
    dialog.showModal();
  } catch { location.assign(url); }
}

function make() {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet keys-dialog";
  dialog.dataset.keysDialog = "";
  dialog.setAttribute("aria-labelledby", "keys-title");
  return dialog;
}

function fill(dialog, text, { can, changed }) {
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = say("Keys of this page");
  dialog.replaceChildren(title, ...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  const form = dialog.querySelector("form");
  for (const row of form.querySelectorAll("[data-key-row]")) row.hidden = !can(row.dataset.keyRow) && !row.querySelector("[aria-invalid]");
  form.querySelector("[data-keys-close]")?.addEventListener("click", () => dialog.close());
  for (const field of form.querySelectorAll("[data-key-field]")) field.addEventListener("keydown", (event) => capture(event, field));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await ask(form.getAttribute("action"), { method: "POST", body: new FormData(form, event.submitter), headers: { Accept: "text/html" } });
      if (response.redirected || (!response.ok && response.status !== 422)) throw new Error(String(response.status));
      fill(dialog, await response.text(), { can, changed });
      if (response.ok) changed(current(dialog), dialog.querySelector("[name=on]").checked);
      dialog.querySelector("[aria-invalid], [data-keys-close]")?.focus();
    } catch { HTMLFormElement.prototype.submit.call(form); }
  });
}

/** The key itself is put in, not its letter. Tab and Escape go on as they do; deleting empties. */
function capture(event, field) {
  if (["Tab", "Escape", "Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { field.form.requestSubmit(); return; }
  if (event.key === "Backspace" || event.key === "Delete") { field.value = ""; return; }
  const name = namesOf(event)[0] ?? "";
  field.value = field.value === "g" && field.dataset.key !== "g" && name !== "g" ? `g ${name}` : name;
}

function current(dialog) {
  const keys = {};
  for (const row of dialog.querySelectorAll("[data-key-row]")) {
    const field = row.querySelector("[data-key-field]");
    const box = row.querySelector("[name=verdict]");
    keys[row.dataset.keyRow] = field ? field.value : box ? (box.checked ? "1-9" : "") : row.querySelector("kbd").textContent;
  }
  return keys;
}
