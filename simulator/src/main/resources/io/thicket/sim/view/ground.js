// What stands still on the map: links and ways, and the nodes over them. Drawn on canvases of its own, which are kept while nothing changes:
// of ten thousand nodes drawing it takes longer than a picture may.
import { colors } from "./theme.js";
import { grade, GRADES } from "./quality.js";

const LABELLED_NODES = 80;

/** Larger networks are drawn with smaller nodes, and with one line for a link: its halves could not be told apart. */
export const CROWD = 3000;

/** Half of the mark of what is outside, px. */
const DOOR = 6;

/** Space for a label at the edge, px. */
const LABEL = 100;

/** A name has so much room at most, and on a narrow map a third of it, px. */
const LONGEST = 150;

/** From the buttons at the right to the picture's edge, and to names, px. */
const EDGE = 12;

/** Height of a name, px. */
const LETTERS = 11;

/** Widths of a map that is being made larger are many. */
const MAX_SHORTENED = 20_000;

export class Ground {
  constructor(run, moment) {
    Object.assign(this, { run, moment, shortened: new Map(), below: document.createElement("canvas"), above: document.createElement("canvas") });
  }

  /** Draws it anew, for a map whose nodes are at xs, ys. */
  draw({ xs, ys, radius, zoom, doors, buttons }, width, height, ratio) {
    const lower = clear(this.below, width, height, ratio);
    lower.fillStyle = colors.bg;
    lower.fillRect(0, 0, width, height);
    this.#links(lower, xs, ys);
    this.#ways(lower, xs, ys);
    this.#doors(lower, xs, ys, doors);
    const upper = clear(this.above, width, height, ratio);
    this.#nodes(upper, xs, ys, radius);
    if (this.run.nodes.length <= LABELLED_NODES || zoom >= 3) this.#labels(upper, xs, ys, radius, width, height, buttons);
  }

  /** Each half of a link has the colour of how well the node at its end is heard at the other one; in a crowd all of it the worse one. */
  #links(context, xs, ys) {
    const crowded = this.run.nodes.length > CROWD;
    const paths = Object.fromEntries(GRADES.map((its) => [its, new Path2D()]));
    for (const { a, b, ab, ba } of this.moment.links()) {
      const there = grade(ab);
      const back = grade(ba);
      if (crowded) {
        const path = paths[GRADES.indexOf(there) > GRADES.indexOf(back) ? there : back];
        path.moveTo(xs[a], ys[a]);
        path.lineTo(xs[b], ys[b]);
        continue;
      }
      const middleX = (xs[a] + xs[b]) / 2;
      const middleY = (ys[a] + ys[b]) / 2;
      paths[there].moveTo(xs[a], ys[a]);
      paths[there].lineTo(middleX, middleY);
      paths[back].moveTo(xs[b], ys[b]);
      paths[back].lineTo(middleX, middleY);
    }
    const dense = this.run.nodes.length > 300;
    for (const its of GRADES) {
      context.strokeStyle = colors[its];
      context.globalAlpha = its === "gone" ? 0.35 : dense ? 0.4 : 0.6;
      context.lineWidth = dense ? 0.7 : 1.2;
      context.stroke(paths[its]);
    }
    context.globalAlpha = 1;
  }

  #ways(context, xs, ys) {
    context.beginPath();
    this.moment.nodes.forEach((node, n) => {
      if (node.up && node.next >= 0) {
        context.moveTo(xs[n], ys[n]);
        context.lineTo(xs[node.next], ys[node.next]);
      }
    });
    context.strokeStyle = colors.tree;
    context.lineWidth = this.run.nodes.length > 300 ? 1 : 2;
    context.stroke();
  }

  /** A link to real agents: a stub to a mark that stands for all that is not simulated. */
  #doors(context, xs, ys, doors) {
    context.strokeStyle = colors.outside;
    context.lineWidth = 1.5;
    for (const [n, { x, y }] of doors) {
      context.beginPath();
      context.setLineDash([4, 3]);
      context.moveTo(xs[n], ys[n]);
      context.lineTo(x, y);
      context.stroke();
      context.setLineDash([]);
      context.beginPath();
      for (const [dx, dy] of [[0, -DOOR], [DOOR, 0], [0, DOOR], [-DOOR, 0]]) context.lineTo(x + dx, y + dy);
      context.closePath();
      context.fillStyle = colors.bg;
      context.fill();
      context.stroke();
    }
  }

  #nodes(context, xs, ys, radius) {
    const { run, moment } = this;
    for (const role of ["sensor", "relay", "gateway"]) {
      context.fillStyle = colors[role];
      for (let n = 0; n < xs.length; n++) {
        if (run.nodes[n].role !== role || !moment.nodes[n].up) continue;
        if (role === "gateway") {
          const half = Math.max(3, radius * 1.3);
          context.fillRect(xs[n] - half, ys[n] - half, 2 * half, 2 * half);
        } else {
          // One path with all of them takes twice as long as one for each.
          context.beginPath();
          context.arc(xs[n], ys[n], radius, 0, 7);
          context.fill();
        }
      }
    }
    for (let n = 0; n < xs.length; n++) {
      const node = moment.nodes[n];
      if (!node.up) {
        cross(context, xs[n], ys[n], radius, colors.down);
      } else if (node.next < 0 && run.nodes[n].role !== "gateway") {
        context.beginPath();
        context.arc(xs[n], ys[n], radius + 3, 0, 7);
        context.strokeStyle = colors.dropped;
        context.lineWidth = 1.5;
        context.setLineDash([3, 2]);
        context.stroke();
        context.setLineDash([]);
      }
    }
  }

  #labels(context, xs, ys, radius, width, height, { offsetWidth, offsetTop, offsetHeight }) {
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = colors.text;
    context.strokeStyle = colors.bg; // around the letters, or links would cross them
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.textAlign = "center";
    const taken = new Rows();
    for (let n = 0; n < xs.length; n++) {
      const seen = xs[n] > -LABEL && xs[n] < width + LABEL && ys[n] > -LABEL && ys[n] < height + LABEL;
      if (!seen) continue;
      const { text, half } = this.#short(context, this.run.nodes[n].name, Math.min(LONGEST, width / 3));
      // A node at the edge has its name beside it rather than half of it; one that is outside takes its name along.
      const at = (y) => {
        const right = y - LETTERS < offsetTop + offsetHeight ? width - offsetWidth - EDGE : width - 1;
        return xs[n] >= 0 && xs[n] <= right ? Math.max(half + 1, Math.min(right - half, xs[n])) : xs[n];
      };
      // Under the node, or over it where another name is; a name that has no room at all is told by a click.
      const y = [ys[n] + radius + 13, ys[n] - radius - 6].find((its) => taken.take(at(its) - half, at(its) + half, its));
      if (y === undefined) continue;
      context.strokeText(text, at(y), y);
      context.fillText(text, at(y), y);
    }
  }

  /** A name for that room: {text, half its width}. Its middle is left out, since neighbours' names often differ in their ends only. */
  #short(context, name, room) {
    const key = room + "\n" + name;
    const known = this.shortened.get(key);
    if (known) return known;
    const letters = [...name];
    let text = name;
    for (let kept = letters.length - 1; kept >= 2 && context.measureText(text).width > room; kept--) {
      text = letters.slice(0, Math.ceil(kept / 2)).join("") + "…" + letters.slice(letters.length - Math.floor(kept / 2)).join("");
    }
    const found = { text, half: context.measureText(text).width / 2 };
    if (this.shortened.size >= MAX_SHORTENED) this.shortened.clear();
    this.shortened.set(key, found);
    return found;
  }
}

/** Which parts of the picture have a name already: pieces from left to right, by the rows of letters that they touch. */
class Rows {
  constructor() { this.rows = new Map(); }

  /** Takes the place of a line of letters over y, if it is free. */
  take(left, right, y) {
    const touched = [Math.floor((y - LETTERS) / LETTERS), Math.floor(y / LETTERS)].map((row) => {
      if (!this.rows.has(row)) this.rows.set(row, []);
      return this.rows.get(row);
    });
    if (touched.some((row) => row.some((its) => left < its.right && right > its.left && Math.abs(y - its.y) < LETTERS))) return false;
    for (const row of touched) row.push({ left, right, y });
    return true;
  }
}

/** Makes a canvas as large as it must be, and empty. */
function clear(canvas, width, height, ratio) {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

export function cross(context, x, y, size, color) {
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke();
}
