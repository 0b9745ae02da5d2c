// How good one direction of a link is, in four words with a colour each.

export const GRADES = ["good", "fair", "poor", "gone"];
export const GRADE_TEXT = { good: "90 % heard or more", fair: "60 % or more", poor: "less, or suspect", gone: "not heard both ways" };

/** entry: [node, state, etx in tenths, heard percent] as the receiver has it, or null. */
export function grade(entry) {
  if (!entry) return "gone";
  const state = entry[1];
  if (state === "TWO_WAY") return entry[3] < 60 ? "poor" : entry[3] < 90 ? "fair" : "good";
  return state === "DOWN" || state === "HEARD" || state === "BLACKLISTED" ? "gone" : "poor";
}
