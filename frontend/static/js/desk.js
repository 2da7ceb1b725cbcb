// Pages that only read: their numbers and states stay fresh, and the keys that lead elsewhere work.
import { wireLive } from "./live.js";
import { wireSent } from "./sent.js";

wireLive();
wireSent();
if (document.querySelector("[data-keys-help]")) (await import("./keys.js")).wireKeys();
