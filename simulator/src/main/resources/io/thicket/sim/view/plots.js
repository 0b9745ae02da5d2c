// Counts over time with uPlot; a click goes there, a line shows where one is.
import uPlot from "./uplot.js";
import { MAX_ROWS } from "./dom.js";
import { time } from "./format.js";
import { colors } from "./theme.js";

const KINDS = {
  packets: [["offered", 1], ["delivered", 2], ["dropped", 3], ["lost", 4]],
  frames: [["data", 5], ["control", 6]],
};

const TITLES = { packets: "packets", frames: "frames (data with acknowledgements)" };

const HEIGHT = 120;

/** Numbers at the left side have the room that the longest needs. */
const numbersWidth = (_, values) => Math.max(54, 18 + 7 * Math.max(0, ...(values ?? []).map((value) => value.length)));

export class Plots {
  constructor(places, run, go) {
    Object.assign(this, { places, run, go, plots: {}, us: 0 });
    new ResizeObserver(() => this.#resize()).observe(places.packets);
  }

  /** New colours, or new counts of another shape. */
  rebuild() {
    const rows = filled(this.run);
    for (const [kind, series] of Object.entries(KINDS)) {
      this.plots[kind]?.destroy();
      const place = this.places[kind];
      const axis = { stroke: colors.dim, grid: { stroke: colors.line, width: 0.5 }, ticks: { stroke: colors.line, width: 0.5 } };
      this.plots[kind] = new uPlot({
        title: TITLES[kind],
        width: Math.max(100, place.clientWidth),
        height: HEIGHT,
        legend: { live: false },
        scales: { x: { time: false, range: () => [0, Math.max(1, this.run.spanUs / 1e6)] } }, // the scrubber's
        cursor: { drag: { x: false, y: false } },
        axes: [{ ...axis, size: 26, gap: 2, values: (_, values) => values.map((s) => time(s * 1e6, true)) }, { ...axis, size: numbersWidth }],
        series: [{}, ...series.map(([label]) => ({ label, stroke: colors[label], width: 1.5, points: { show: false } }))],
        hooks: { draw: [(plot) => this.#line(plot)], ready: [(plot) => plot.over.addEventListener("click", () => this.go(plot.posToVal(plot.cursor.left, "x") * 1e6))] },
      }, this.#data(series, rows), place);
      place.querySelector("canvas").setAttribute("role", "img");
      this.#say(kind);
    }
  }

  update() {
    const rows = filled(this.run);
    for (const [kind, series] of Object.entries(KINDS)) this.plots[kind]?.setData(this.#data(series, rows));
    Object.keys(this.plots).forEach((kind) => this.#say(kind));
  }

  /** What a picture is of, and where the same can be read: in a long run, the last part of it. */
  #say(kind) {
    const part = this.run.rows.length > MAX_ROWS ? `the last ${MAX_ROWS} rows of the same` : "the same";
    this.places[kind].querySelector("canvas").setAttribute("aria-label", `Over time: ${TITLES[kind]}. The table Counts has ${part}.`);
  }

  /** Where one is. */
  at(us) {
    this.us = us;
    for (const plot of Object.values(this.plots)) plot.redraw(false);
  }

  #data(series, rows) {
    return [rows.map((row) => row[0] / 1e6), ...series.map(([, column]) => rows.map((row) => row[column]))];
  }

  #line(plot) {
    const x = plot.valToPos(this.us / 1e6, "x", true);
    const { left, top, width, height } = plot.bbox;
    if (!(x >= left && x <= left + width)) return;
    plot.ctx.save();
    plot.ctx.strokeStyle = colors.select;
    plot.ctx.lineWidth = 2;
    plot.ctx.beginPath();
    plot.ctx.moveTo(x, top);
    plot.ctx.lineTo(x, top + height);
    plot.ctx.stroke();
    plot.ctx.restore();
  }

  #resize() {
    for (const [kind, plot] of Object.entries(this.plots)) plot.setSize({ width: Math.max(100, this.places[kind].clientWidth), height: HEIGHT });
  }
}

/** A row in which nothing happened is not recorded: without zeros in its place a line would cross it at a slope. */
function filled({ rows, endUs, header }) {
  let wideUs = Math.max(1e6, Math.ceil(header.durationUs / 2000 / 1e6) * 1e6);
  for (let i = 1; i < rows.length; i++) wideUs = Math.min(wideUs, rows[i][0] - rows[i - 1][0]);
  const all = [];
  const zero = (us) => all.push([us, 0, 0, 0, 0, 0, 0]);
  let freeUs = 0; // from here on nothing is drawn yet
  const gap = (toUs) => {
    if (toUs <= freeUs) return;
    zero(freeUs);
    if (toUs - wideUs > freeUs) zero(toUs - wideUs);
  };
  for (const row of rows) {
    gap(row[0]);
    all.push(row);
    freeUs = row[0] + wideUs;
  }
  if (rows.length > 0 && endUs > freeUs) {
    zero(freeUs);
    zero(endUs);
  }
  return all;
}
