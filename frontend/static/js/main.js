// Wires the page by its data attributes. Reading and posting work without any of this.
import { wireAtHand } from "./athand.js";
import { wireAutosave } from "./autosave.js";
import { wireClaimList } from "./claimlist.js";
import { wireLive } from "./live.js";
import { wireRepeats } from "./repeats.js";
import { wireSpanForm } from "./span.js";

wireClaimList();
wireSpanForm();
wireAtHand();
wireRepeats();
wireAutosave();
wireLive();
