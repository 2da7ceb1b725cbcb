// Which key was meant, on whatever layout: the letter where it is a Latin one, else the key's place.

const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=file])";
const PLACES = { BracketLeft: "[", BracketRight: "]", Slash: "/", Comma: ",", Period: "." };

/** @param {EventTarget | null} target */
export function inField(target) { return target instanceof Element && target.closest(FIELDS) !== null; }

/** What a press may be called, the likeliest first. @param {KeyboardEvent} event @returns {string[]} */
export function namesOf(event) {
  const mods = `${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}`;
  const shift = event.shiftKey ? "shift+" : "";
  const { key, code } = event;
  if (/^[a-z]$/i.test(key)) return [`${mods}${shift}${key.toLowerCase()}`];
  const place = code?.match(/^(?:Digit|Numpad)(\d)$/)?.[1] ?? PLACES[code] ?? "";
  const byPlace = place ? [...(place === "/" && shift ? [`${mods}?`] : []), `${mods}${shift}${place}`] : [];
  if (/^[!-~]$/.test(key)) {
    // AltGr makes brackets on many layouts: then Ctrl and Alt belong to the letter.
    const plain = event.getModifierState?.("AltGraph") ? "" : mods;
    if (shift && key === PLACES[code]) return byPlace;
    return [...new Set([`${plain}${key}`, ...(/^(?:Digit|Bracket)/.test(code ?? "") ? byPlace : [])])];
  }
  if (/^[A-Z][A-Za-z0-9]+$/.test(key) && !["Dead", "Process", "Unidentified"].includes(key)) return [`${mods}${shift}${key.toLowerCase()}`];
  // Another script: where a Latin letter would be.
  const letter = code?.match(/^Key([A-Z])$/)?.[1];
  return letter ? [`${mods}${shift}${letter.toLowerCase()}`] : byPlace;
}

/** As aria-keyshortcuts wants it. @param {string} key */
export function ariaOf(key) {
  return key.split(" ").map((step) => step.split("+").map((part) => ({ ctrl: "Control", shift: "Shift", alt: "Alt", enter: "Enter", escape: "Escape" })[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join("+")).join(" ");
}
