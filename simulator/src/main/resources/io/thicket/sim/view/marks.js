// Above the scrubber: faults as bars, what a person should notice as ticks, and how far a live run is.
import { colors } from "./theme.js";

const COLOR = { drop: "dropped", lost: "lost", alarm: "lost", broken: "lost", power: "relay", fault: "fault" };

export function drawMarks(canvas, run) {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const edge = 8; // the thumb of the scrubber is about twice as wide
  const x = (us) => edge + (us / Math.max(1, run.spanUs)) * (width - 2 * edge);
  context.fillStyle = colors.line;
  context.fillRect(edge, height - 3, x(run.endUs) - edge, 3);
  context.fillStyle = colors.fault;
  for (const fault of run.header.faults) {
    if (fault.kind !== "insider") context.fillRect(x(fault.fromUs), 1, Math.max(2, x(Math.min(fault.toUs, run.spanUs)) - x(fault.fromUs)), height - 5);
  }
  for (const note of run.notes) {
    if (note.k === "fault" || (note.k === "power" && note.on && note.t < 5e6)) continue;
    context.fillStyle = colors[COLOR[note.k]] ?? colors.dim;
    context.fillRect(x(note.t), 3, 1.5, height - 8);
  }
}
