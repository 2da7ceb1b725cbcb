// A page in the place of the one that was to answer: the sign-in page, or that a form was too old.
import { wireWaiting } from "./sent.js";

wireWaiting();
