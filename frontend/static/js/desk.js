// Pages that only read: their numbers and states stay fresh.
import { wireLive } from "./live.js";

wireLive();
