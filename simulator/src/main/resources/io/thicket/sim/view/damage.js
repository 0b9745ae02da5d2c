// Which parts of a recording cannot be read, and how that is said.
import { time } from "./format.js";

/** So many parts are named. */
const NAMED = 3;

const between = (part) => "from " + time(part.fromUs) + " to " + time(part.toUs);

/** Blocks that are damaged, as [{first, last, fromUs, toUs}]; those that follow each other are one part. */
export function damagedParts(blocks) {
  const parts = [];
  blocks.forEach((block, number) => {
    if (!block.damaged) return;
    const before = parts[parts.length - 1];
    if (before?.last === number - 1) Object.assign(before, { last: number, toUs: block.toUs });
    else parts.push({ first: number, last: number, fromUs: block.fromUs, toUs: block.toUs });
  });
  return parts;
}

/** Of all parts together. */
export function damageText(parts) {
  if (parts.length === 0) return "";
  const more = parts.length > NAMED ? ", and in " + (parts.length - NAMED) + " more places" : "";
  return "This recording is damaged " + parts.slice(0, NAMED).map(between).join(", ") + more + ". What happened then is not known.";
}

/** Of a recording whose blocks were found without its index, up to the first that is damaged. */
export function indexText({ endUs, header }) {
  return "The index of this recording is damaged. " + (endUs >= header.durationUs ? "All of the run was found without it."
    : "Shown is what was found without it, up to " + time(endUs) + ".");
}

/** Of the one that somebody looks at. */
export const partText = (part) => "The recording is damaged " + between(part) + ". What happened then is not known.";
