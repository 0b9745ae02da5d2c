// The line above the map. Of several things that are wrong it says the one that a person should know first.
import { byId } from "./dom.js";

/** What just failed, a program that does not answer, and what is wrong with the run as a whole. */
const said = { failure: "", program: "", run: "" };

/** Says that; an empty text when it is over. */
export function banner(about, text) {
  said[about] = text;
  byId("banner").textContent = said.failure || said.program || said.run;
  byId("banner").hidden = byId("banner").textContent === "";
}
