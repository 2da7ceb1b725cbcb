// The review form saves itself: within two seconds, on leaving, again when the server was away; a conflict shows both texts.
import { ask } from "./server.js";
import { steadily } from "./steady.js";
import { clock, figures, say } from "./words.js";

const WAIT = 1500;
const AGAIN = [2000, 5000, 15000, 30000];

export function wireAutosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form).start();
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]");
    this.atFirst = this.status?.textContent ?? "";
    this.etag = form.dataset.etag ?? "";
    this.key = `draft-${document.body.dataset.newsroom}-${document.body.dataset.reader}-${form.dataset.claim}`; // others may use this browser
    this.timer = 0;
    this.failures = 0;
    this.saving = false;
    this.sent = JSON.stringify(this.answer());
    this.stopped = false;
  }

  start() {
    this.restore();
    this.form.addEventListener("input", (event) => { if (event.target.type !== "file") this.soon(); });
    this.form.addEventListener("change", (event) => {
      if (event.target.type === "file") this.upload(event.target);
      else this.soon(event.target.dataset?.name === "url" ? 50 : WAIT);
    });
    this.form.addEventListener("submit", ({ submitter }) => {
      this.stopped = true;
      clearTimeout(this.timer);
      if (this.changed() && submitter?.value !== "release") this.keepLocally(this.answer()); // the sign-in page may answer
    });
    this.form.querySelector("[data-enter]")?.addEventListener("click", (event) => { event.preventDefault(); this.soon(0); });
    this.form.querySelector("[data-add-block]")?.addEventListener("click", (event) => { event.preventDefault(); this.addBlock(); });
    this.form.querySelector("[data-conflict-mine]")?.addEventListener("click", () => this.resolve(true));
    this.form.querySelector("[data-conflict-theirs]")?.addEventListener("click", () => this.resolve(false));
    addEventListener("pagehide", () => { if (!this.stopped && this.changed()) this.save(true); });
    addEventListener("online", () => this.soon(0));
    if (document.documentElement.dataset.typedEarly !== undefined) { this.sent = ""; this.soon(); }
    document.body.addEventListener(`claim-${this.form.dataset.claim}`, () => this.refreshStates());
  }

  /** What the form holds, valid or not. */
  answer() {
    const data = new FormData(this.form);
    const evidence = [...this.form.querySelectorAll("[data-block]")].flatMap((block) => {
      const value = (name) => {
        const field = block.querySelector(`[data-name="${name}"]`);
        return field?.type === "checkbox" ? field.checked : (field?.value ?? "").trim();
      };
      if (value("remove")) return [];
      const source = value("source");
      const found = {
        key: value("key"), url: value("url"), source: source ? Number(source) : null, quote: value("quote"),
        translation: value("translation"), locator: value("locator"), stance: value("stance"), is_primary: value("is_primary"),
        interest: value("interest"), speaker: value("speaker"), said_on: value("said_on"), means: value("means"), statement: value("statement"),
        settled: !block.contains(document.activeElement) || document.activeElement?.dataset?.name !== "url",
      };
      return found.url || found.source || found.quote || found.statement || found.speaker ? [found] : [];
    });
    const confidence = data.get("confidence");
    const checks = data.getAll("check");
    return { label: data.get("label") ?? "", reason: data.get("reason") ?? "", confidence: confidence ? Number(confidence) : null, evidence, checks };
  }

  changed() { return JSON.stringify(this.answer()) !== this.sent; }

  soon(wait = WAIT) {
    if (this.stopped) return;
    this.tell(say("not saved yet"), true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), wait);
  }

  async save(leaving) {
    if (this.saving || this.stopped) { if (!leaving) this.soon(500); return; }
    const answer = this.answer();
    const text = JSON.stringify(answer);
    if (text === this.sent) { this.tell(this.savedAt ? `${say("saved")} ${clock(this.savedAt)}` : this.atFirst); return; }
    this.keepLocally(answer);
    this.saving = true;
    this.tell(say("saving…"), true);
    try {
      const response = await ask(this.form.dataset.draftUrl, {
        method: "PUT", json: answer, keepalive: leaving && text.length < 60000, headers: this.etag ? { "If-Match": `"${this.etag}"` } : {},
      });
      if (response.status === 412) { this.conflict((await response.json()).current); return; }
      if (response.status === 401) { this.signedOut(); return; }
      if (response.status === 403 || response.status === 409) { this.refused(await response.json()); return; }
      if (!response.ok) throw new Error(String(response.status));
      const review = await response.json();
      this.etag = String(review.row_version);
      this.form.elements.namedItem("row_version").value = this.etag;
      this.sent = text;
      this.failures = 0;
      this.savedAt = new Date();
      this.forget();
      this.tell(`${say("saved")} ${clock(this.savedAt)}`);
      this.refreshStates();
    } catch {
      const wait = AGAIN[Math.min(this.failures, AGAIN.length - 1)];
      this.failures += 1;
      this.tell(say("The server is away. Your text is kept in this browser and sent again."));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(false), wait);
    } finally {
      this.saving = false;
    }
    if (this.failures === 0 && this.changed()) this.soon();
  }

  async refreshStates() {
    try {
      const response = await ask(this.form.dataset.statesUrl, { headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const fresh of page.querySelectorAll("[data-evidence-key]")) {
        const block = this.form.querySelector(`[data-block][data-key="${CSS.escape(fresh.dataset.evidenceKey)}"] [data-evidence-state]`);
        if (block && block.innerHTML !== fresh.innerHTML) await steadily(() => { block.replaceChildren(...fresh.childNodes); });
      }
    } catch { /* the next event asks again */ }
  }

  async upload(input) {
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > 20_000_000) { this.tell(say("The file is larger than 20 MB.")); return; }
    const body = new FormData();
    body.append("file", file);
    this.tell(say("uploading…"));
    try {
      const response = await ask(this.form.dataset.uploadUrl, { method: "POST", body });
      const answer = await response.json();
      if (!response.ok) { this.tell(answer.detail); return; }
      input.closest("[data-block]").querySelector('[data-name="source"]').value = String(answer.id);
      input.value = "";
      this.soon(0);
    } catch { this.tell(say("The upload did not get through. Choose the file again.")); }
  }

  addBlock() {
    const list = this.form.querySelector("[data-blocks]");
    const last = list.lastElementChild;
    const place = list.children.length;
    const fresh = last.cloneNode(true);
    const key = crypto.randomUUID?.().slice(0, 12) ?? String(Date.now());
    fresh.dataset.key = key;
    for (const field of fresh.querySelectorAll("[name]")) {
      field.name = field.name.replace(/^e\d+_/, `e${place}_`);
      if (field.type === "checkbox") field.checked = false;
      else field.value = field.dataset.name === "key" ? key : "";
      field.removeAttribute("aria-invalid");
    }
    for (const labelled of fresh.querySelectorAll("[id], [for]")) for (const name of ["id", "for"]) {
      if (labelled.hasAttribute(name)) labelled.setAttribute(name, labelled.getAttribute(name).replace(/^e\d+-/, `e${place}-`));
    }
    for (const old of fresh.querySelectorAll(".wrong")) old.remove();
    for (const old of fresh.querySelectorAll('[id^="f-"]')) old.removeAttribute("id");
    fresh.querySelector("[data-evidence-state]").replaceChildren();
    fresh.querySelector("[data-block-number]").textContent = figures(String(place + 1));
    list.append(fresh);
    this.form.querySelector("[data-blocks-count]").value = String(place + 1);
    fresh.querySelector('[data-name="url"]').focus();
  }

  conflict(current) {
    this.theirs = current;
    this.stopped = true;
    const area = this.form.querySelector("[data-conflict]");
    const sources = (current.draft.evidence ?? []).map((block) => `${block.url ?? ""} ${block.quote ?? ""}`.trim());
    area.querySelector("[data-conflict-text]").textContent = [current.draft.label, current.draft.reason, ...sources].filter(Boolean).join("\n\n");
    area.hidden = false;
    area.scrollIntoView({ block: "nearest" });
    this.tell(say("Not saved: there is a newer version."));
  }

  resolve(mine) {
    this.form.querySelector("[data-conflict]").hidden = true;
    this.etag = String(this.theirs.row_version);
    this.stopped = false;
    if (mine) { this.sent = ""; this.soon(0); } else { this.forget(); location.reload(); }
  }

  /** What is typed stays here; back from signing in, it is sent. */
  signedOut() {
    this.tell(`${say("You are signed out.")} ${say("Your text is kept in this browser.")} `);
    const link = document.createElement("a");
    link.href = "/accounts/login/";
    link.target = "_blank";
    link.textContent = say("Sign in in a new tab");
    this.status?.append(link);
    addEventListener("focus", () => { this.save(false); }, { once: true });
  }

  refused(problem) {
    this.stopped = true;
    this.tell(`${problem.detail ?? ""} ${say("Your text is kept in this browser.")}`);
  }

  keepLocally(answer) { try { localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), answer })); } catch { /* full or private */ } }

  forget() { try { localStorage.removeItem(this.key); } catch { /* private */ } }

  /** A copy that never reached the server comes back into the form. */
  restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key) ?? "null"); } catch { return; }
    if (!kept || kept.at <= Date.parse(this.form.dataset.saved || 0)) { this.forget(); return; }
    const { answer } = kept;
    const set = (name, value) => { const field = this.form.elements.namedItem(name); if (field && value) field.value = value; };
    set("label", answer.label); set("reason", answer.reason); set("confidence", answer.confidence && String(answer.confidence));
    for (const box of this.form.querySelectorAll("[name=check]")) box.checked = (answer.checks ?? []).includes(box.value);
    answer.evidence.forEach((found, place) => {
      const list = this.form.querySelector("[data-blocks]");
      while (list.children.length <= place) this.addBlock();
      const block = this.form.querySelector(`[data-block][data-key="${CSS.escape(found.key)}"]`) ?? list.children[place];
      for (const [name, value] of Object.entries(found)) {
        const field = block.querySelector(`[data-name="${name}"]`);
        if (!field) continue;
        if (field.type === "checkbox") field.checked = Boolean(value); else if (value !== null) field.value = String(value);
      }
      block.dataset.key = found.key;
    });
    this.tell(say("What you typed before was kept in this browser and is back."));
    this.soon(500);
  }

  /** What is only on its way is not read out, and nothing twice. */
  tell(text, passing = false) {
    if (!this.status || this.status.textContent === text) return;
    this.status.closest("[role=status]")?.setAttribute("aria-busy", String(passing));
    this.status.textContent = text;
  }
}
