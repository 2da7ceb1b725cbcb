// Typing @ in a comment offers the newsroom's members. The name stands in the text, so the server understands it without this.
import { say } from "./words.js";

const MOST = 8;
const LONGEST = 40;

/** Spelling that does not change a name: case, marks, Arabic forms. @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase().replace(/[أإآٱ]/g, "ا").replace(/[ىی]/g, "ي").replace(/ة/g, "ه").replace(/ک/g, "ك");
}

export function wireMention() {
  const people = [...document.querySelectorAll("input[data-person]")].map((box) => ({ id: box.value, name: box.dataset.person, folded: fold(box.dataset.person) }));
  if (people.length === 0) return;
  for (const [number, area] of document.querySelectorAll("textarea[data-mention]").entries()) new Mention(area, people, `people-${number}`).start();
}

class Mention {
  constructor(area, people, id) {
    this.area = area;
    this.people = people;
    this.found = [];
    this.at = 0;
    this.list = document.createElement("ul");
    this.list.id = id;
    this.list.className = "mention-list";
    this.list.role = "listbox";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", say("Members"));
    this.told = document.createElement("p");
    this.told.className = "visually-hidden";
    this.told.role = "status";
  }

  start() {
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-haspopup", "listbox");
    this.area.setAttribute("aria-controls", this.list.id);
    const place = document.createElement("div");
    place.className = "mention-place";
    this.area.after(place);
    place.append(this.list, this.told);
    this.area.addEventListener("input", (event) => { if (!event.isComposing) this.look(); });
    this.area.addEventListener("compositionend", () => this.look());
    this.area.addEventListener("click", () => this.look());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    // Pressed, not clicked: the text keeps the focus.
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.take(Number(option.dataset.place));
    });
    this.area.form?.addEventListener("submit", () => this.clear());
  }

  /** What is being typed behind the last @ before the caret, or null. */
  typed() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    if (this.area.selectionStart !== this.area.selectionEnd) return null;
    const at = before.lastIndexOf("@");
    if (at < 0 || /[\p{L}\p{N}.]$/u.test(before.slice(0, at))) return null;
    const words = before.slice(at + 1);
    return words.length > LONGEST || /[\n@]/.test(words) ? null : { at, words };
  }

  look() {
    const typed = this.typed();
    if (!typed) { this.close(); return; }
    const wanted = fold(typed.words);
    const done = this.people.some((person) => typed.words.startsWith(`${person.name} `));
    this.found = done ? [] : this.people.filter(({ folded }) => folded.startsWith(wanted) || folded.split(/[\s·]+/u).some((part) => part && part.startsWith(wanted))).slice(0, MOST);
    if (this.found.length === 0) { this.close(); return; }
    this.at = 0;
    this.list.replaceChildren(...this.found.map((person, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.role = "option";
      option.dataset.place = String(place);
      const name = document.createElement("bdi");
      name.textContent = person.name;
      option.append(name);
      return option;
    }));
    this.list.hidden = false;
    this.told.textContent = say("Members to mention: choose with the arrow keys, take with Enter.");
    this.point();
  }

  point() {
    for (const option of this.list.children) option.ariaSelected = String(Number(option.dataset.place) === this.at);
    this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % this.found.length;
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step) this.point();
  }

  take(place) {
    const person = this.found[place];
    const typed = this.typed();
    this.close();
    if (!person || !typed) return;
    this.area.setRangeText(`@${person.name} `, typed.at, this.area.selectionStart, "end");
    if (!this.area.form.querySelector(`input[type=hidden][name=mention][value="${CSS.escape(person.id)}"]`)) {
      const meant = document.createElement("input");
      Object.assign(meant, { type: "hidden", name: "mention", value: person.id });
      meant.dataset.name = person.name;
      this.area.form.append(meant);
    }
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.told.textContent = `@${person.name}`;
  }

  /** Whose name was taken out of the text again is not meant. */
  clear() {
    for (const meant of this.area.form.querySelectorAll("input[type=hidden][name=mention]")) if (!this.area.value.includes(`@${meant.dataset.name}`)) meant.remove();
  }

  close() {
    this.list.hidden = true;
    this.found = [];
    this.area.removeAttribute("aria-activedescendant");
  }
}
