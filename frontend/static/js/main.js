// Wires the page by its data attributes. Reading and posting work without any of this.
import { wireAutosave } from "./autosave.js";
import { wireLive } from "./live.js";
import { wireSpanForm } from "./span.js";

wireSpanForm();
wireAutosave();
wireLive();
