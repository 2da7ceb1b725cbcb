// Texts of the interface, from the catalogue that the page loaded (or English without one).

/** @param {string} text @returns {string} */
export function say(text) {
  return typeof globalThis.gettext === "function" ? globalThis.gettext(text) : text;
}

/** A text of numbers in the digits that the reader chose. @param {string} text @returns {string} */
export function figures(text) {
  if (document.documentElement.dataset.digits !== "arab") return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
}

/** A typed number as programs read it. @param {string} text @returns {string} */
export function latin(text) {
  return text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

/** One form of several, with its number in the place of %s. @param {string} one @param {string} more @param {number} count */
export function many(one, more, count) {
  const text = typeof globalThis.ngettext === "function" ? globalThis.ngettext(one, more, count) : (count === 1 ? one : more);
  return text.replace("%s", figures(String(count)));
}

/** @param {Date} moment */
export function clock(moment) {
  return figures(`${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`);
}
