// Texts of the interface, from the catalogue that the page loaded (or English without one).

/** @param {string} text @returns {string} */
export function say(text) {
  return typeof globalThis.gettext === "function" ? globalThis.gettext(text) : text;
}

/** @param {Date} moment */
export function clock(moment) {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}
