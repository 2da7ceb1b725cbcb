// Comments: members offered behind @, and what is typed kept in this browser until the server has it.
import { wireMention } from "./mention.js";

export function wireTalk() {
  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  wireMention();
  const prefix = `talk-${document.body.dataset.newsroom}-${document.body.dataset.reader}-${talk.dataset.claim}-`; // others may use this browser
  // One's own comment is at hand only where the server has just answered with it, or one followed a link to it.
  const arrived = /^#comment-\d+$/.test(location.hash) && talk.querySelector(`${location.hash} [name=row_version]`) !== null;
  for (const form of talk.querySelectorAll("form[data-keep]")) keep(form, prefix + form.dataset.keep, arrived);
}

/** A sent comment is forgotten once a page shows one as the answer; a refused or unsent one comes back. */
function keep(form, key, arrived) {
  const area = form.querySelector("textarea");
  const kept = read(key);
  if (kept && arrived && kept.sent) forget(key);
  else if (kept?.text && area.value === "") {
    area.value = kept.text;
    form.closest("details")?.setAttribute("open", "");
  }
  if (area.value !== area.defaultValue && area.value.trim() && area.value !== kept?.text) write(key, { text: area.value }); // typed before this was at work
  area.addEventListener("input", () => { if (area.value.trim()) write(key, { text: area.value }); else forget(key); });
  form.addEventListener("submit", () => { if (area.value.trim()) write(key, { text: area.value, sent: true }); });
}

function read(key) { try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; } }

function write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or private */ } }

function forget(key) { try { localStorage.removeItem(key); } catch { /* private */ } }
