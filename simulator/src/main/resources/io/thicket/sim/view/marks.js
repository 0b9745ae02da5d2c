// Above the scrubber: faults as bars, what a person should notice as ticks under them, and how far a live run is.
import { time } from "./format.js";
import { colors } from "./theme.js";

const COLOR = { drop: "dropped", lost: "lost", alarm: "lost", broken: "lost", power: "relay" };

/** The thumb of the scrubber is about twice as wide. px */
const EDGE = 8;

const TICKS = 8;
const PROGRESS = 3;

/** So many rows of faults at most; what holds at the same time beyond them shares the last one. */
const MAX_ROWS = 8;

export class Marks {
  constructor(canvas, run, moment, go) {
    Object.assign(this, { canvas, run, bars: [], rows: 0 });
    canvas.addEventListener("click", ({ offsetX, offsetY }) => {
      const starts = this.at(offsetX, offsetY).map((bar) => bar.fault.fromUs).sort((a, b) => a - b);
      if (starts.length > 0) go(starts.find((us) => us > moment.us) ?? starts[0]); // of several in one place the next one
    });
    canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      const bars = this.at(offsetX, offsetY);
      canvas.title = bars.map(({ fault }) => fault.text + ", " + time(fault.fromUs, true) + " to " + time(fault.toUs, true)).join("\n");
      canvas.style.cursor = bars.length > 0 ? "pointer" : "";
    });
  }

  draw() {
    const { canvas, run } = this;
    const width = canvas.clientWidth;
    const x = (us) => EDGE + (us / Math.max(1, run.spanUs)) * (width - 2 * EDGE);
    this.#place(x);
    const row = this.rows > 4 ? 5 : 8;
    this.bars.forEach((bar) => Object.assign(bar, { top: bar.row * row, bottom: (bar.row + 1) * row }));
    const top = Math.max(1, this.rows) * row;
    const height = top + TICKS + PROGRESS;
    const ratio = devicePixelRatio || 1;
    canvas.style.height = height + "px";
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = colors.line;
    context.fillRect(EDGE, height - PROGRESS, x(run.endUs) - EDGE, PROGRESS);
    context.fillStyle = colors.faultmark;
    for (const { left, right, top: from, bottom } of this.bars) context.fillRect(left, from, right - left, bottom - from - 1);
    for (const note of run.notes) {
      if (note.k === "fault" || (note.k === "power" && note.on && note.t < 5e6)) continue;
      context.fillStyle = colors[COLOR[note.k]] ?? colors.dim;
      context.fillRect(x(note.t), top, 1.5, TICKS - 1);
    }
  }

  /** Faults in rows, each in the first one that has room for it: those that hold at the same time stand under each other. */
  #place(x) {
    const { run } = this;
    const free = []; // from where on each row is
    this.bars = run.header.faults.filter((fault) => fault.kind !== "insider").sort((a, b) => a.fromUs - b.fromUs).map((fault) => {
      const left = x(fault.fromUs);
      const right = Math.max(left + 2, x(Math.min(fault.toUs, run.spanUs)));
      const room = free.findIndex((from) => from < left);
      const row = room >= 0 ? room : Math.min(free.length, MAX_ROWS - 1);
      free[row] = Math.max(free[row] ?? 0, right);
      return { fault, left, right, row };
    });
    this.rows = free.length;
  }

  /** The bars at a point. One that holds for a moment is found beside it, too. */
  at(x, y) {
    return this.bars.filter((bar) => x >= bar.left - 3 && x <= bar.right + 3 && y >= bar.top && y < bar.bottom);
  }
}
