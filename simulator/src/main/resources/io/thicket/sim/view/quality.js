// How good one direction of a link is, in four words with a colour each.

export const GRADES = ["good", "fair", "poor", "gone"];
export const GRADE_TEXT = { good: "90 % heard or more", fair: "60 % or more", poor: "less, or suspect", gone: "not heard both ways" };

/** direction: {state, heard} as the receiver sees it, or null. */
export function grade(direction) {
  if (!direction || direction.state === "DOWN" || direction.state === "HEARD" || direction.state === "BLACKLISTED") return "gone";
  if (direction.state === "SUSPECT" || direction.heard < 60) return "poor";
  return direction.heard < 90 ? "fair" : "good";
}
