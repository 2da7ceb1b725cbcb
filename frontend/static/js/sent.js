// What a form sends is kept in this tab until a page of the desk answers. Where the sign-in page answered instead, or the form was too old, it comes back.
import { say } from "./words.js";

const KEY = "sent";
const FORMS = "main form[method=post]";
const WRITTEN = new Set(["text", "textarea", "url", "search", "number", "date", "email"]);

/** On a page of the desk: brings back what is waiting, and keeps what is sent from here. */
export function wireSent() {
  const kept = read();
  if (kept && (!kept.waiting || kept.person !== person())) forget();
  else if (kept) bringBack(kept);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.autosave !== undefined || !form.matches(FORMS)) return;
    const fields = fieldsOf(form).map(({ name, type, value, checked }) => ({ name, type, value, checked }));
    if (fields.some(({ type, value }) => WRITTEN.has(type) && value.trim())) write({ person: person(), action: addressOf(form), page: location.pathname, fields });
  });
}

/** On the page that stands in the way: says that something is kept. */
export function wireWaiting() {
  const place = document.querySelector("[data-waiting]");
  const kept = read();
  if (!place || !kept) return;
  write({ ...kept, waiting: true });
  place.textContent = [place.dataset.waiting && say("You are signed out."), say("Your text is kept in this browser.")].filter(Boolean).join(" ");
  place.hidden = false;
}

/** Without the forgery token, which is another one after signing in, and without what must not lie about or cannot be put back. */
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button", "fieldset"].includes(field.type));
}

/** The hidden fields too: a version number of then lets the server see what somebody changed in between. */
function bringBack(kept) {
  const same = (form) => addressOf(form) === kept.action && (kept.action !== "" || location.pathname === kept.page);
  const names = ({ fields }) => fields.map(({ name, type }) => `${name} ${type}`).join();
  const alike = (each) => fieldsOf(each).filter(({ type, value }, place) => type === "hidden" && value === kept.fields[place].value).length;
  const forms = [...document.querySelectorAll(FORMS)].filter((each) => same(each) && names({ fields: fieldsOf(each) }) === names(kept));
  const form = forms.sort((one, other) => alike(other) - alike(one))[0];
  if (!form) return; // the way back may lead over another page
  forget();
  fieldsOf(form).forEach((field, place) => {
    const { value, checked } = kept.fields[place];
    if (field.type === "checkbox" || field.type === "radio") field.checked = value === field.value ? checked : field.checked;
    else field.value = value;
  });
  for (let around = form.closest("details"); around; around = around.parentElement?.closest("details")) around.open = true;
  const note = document.createElement("p");
  note.className = "note";
  note.tabIndex = -1;
  note.textContent = say("What you typed before was kept in this browser and is back.");
  form.prepend(note);
  note.focus();
}

/** Not `form.action`: that is the button where one bears this name. */
function addressOf(form) { return form.getAttribute("action") ?? ""; }

function person() { return document.body.dataset.reader ?? ""; }

function read() { try { return JSON.parse(sessionStorage.getItem(KEY) ?? "null"); } catch { return null; } }

function write(kept) { try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* full or private */ } }

function forget() { try { sessionStorage.removeItem(KEY); } catch { /* private */ } }
