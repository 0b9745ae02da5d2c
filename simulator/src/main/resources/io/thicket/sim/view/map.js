// The map on a canvas: links, ways, nodes, frames on the air.
import { colors } from "./theme.js";
import { grade, GRADES } from "./quality.js";
import * as layout from "./layout.js";

const LABELLED_NODES = 80;
const MAX_FRAMES_DRAWN = 1500;
const RELAYOUT_MS = 1000;

/** Larger networks are drawn with smaller nodes, and with one line for a link: its halves could not be told apart. */
const CROWD = 3000;

export class NetworkMap {
  constructor(canvas, run, moment) {
    Object.assign(this, { canvas, run, moment, zoom: 1, panX: 0, panY: 0, asTree: !run.header.placed, places: [], laidOut: -Infinity });
    this.context = canvas.getContext("2d");
    this.selection = null;
    this.highlight = new Set();
    this.frameUs = 200_000;
    new ResizeObserver(() => this.onNeed()).observe(canvas);
    this.onNeed = () => {};
    this.onPick = () => {};
    this.#pointer();
  }

  fit() { Object.assign(this, { zoom: 1, panX: 0, panY: 0 }); }

  /** Draws the present moment; the lists of a frame are made once and stroked at once. */
  draw() {
    const { canvas, context } = this;
    const ratio = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colors.bg;
    context.fillRect(0, 0, width, height);
    this.#place(width, height);
    this.#links();
    this.#ways();
    this.#frames();
    this.#nodes();
  }

  #place(width, height) {
    const now = performance.now();
    if (!this.asTree) {
      this.places = layout.places(this.run, this.moment);
    } else if (now - this.laidOut > RELAYOUT_MS || this.places.length === 0) {
      this.places = layout.tree(this.run, this.moment);
      this.laidOut = now;
    }
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const { x, y } of this.places) {
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
    const margin = 36;
    const scale = Math.min((width - 2 * margin) / Math.max(1, right - left), (height - 2 * margin) / Math.max(1, bottom - top)) * this.zoom;
    const count = this.places.length;
    if (!this.xs || this.xs.length !== count) {
      this.xs = new Float64Array(count);
      this.ys = new Float64Array(count);
    }
    for (let n = 0; n < count; n++) {
      this.xs[n] = width / 2 + (this.places[n].x - (left + right) / 2) * scale + this.panX;
      this.ys[n] = height / 2 + (this.places[n].y - (top + bottom) / 2) * scale + this.panY;
    }
    this.radius = Math.max(count > CROWD ? 1.2 : 2.5, Math.min(9, (Math.sqrt((width * height) / Math.max(1, count)) / 9) * Math.sqrt(this.zoom)));
  }

  /** Each half of a link has the colour of how well the node at its end is heard at the other one; in a crowd all of it the worse one. */
  #links() {
    const { context, xs, ys } = this;
    const halves = { good: [], fair: [], poor: [], gone: [] };
    const crowded = this.run.nodes.length > CROWD;
    for (const link of this.moment.links()) {
      if (crowded) {
        const worse = GRADES[Math.max(GRADES.indexOf(grade(link.ab)), GRADES.indexOf(grade(link.ba)))];
        halves[worse].push(xs[link.a], ys[link.a], xs[link.b], ys[link.b]);
        continue;
      }
      const middleX = (xs[link.a] + xs[link.b]) / 2;
      const middleY = (ys[link.a] + ys[link.b]) / 2;
      halves[grade(link.ab)].push(xs[link.a], ys[link.a], middleX, middleY);
      halves[grade(link.ba)].push(xs[link.b], ys[link.b], middleX, middleY);
    }
    const dense = this.run.nodes.length > 300;
    for (const its of GRADES) {
      const lines = halves[its];
      context.beginPath();
      for (let i = 0; i < lines.length; i += 4) {
        context.moveTo(lines[i], lines[i + 1]);
        context.lineTo(lines[i + 2], lines[i + 3]);
      }
      context.strokeStyle = colors[its];
      context.globalAlpha = its === "gone" ? 0.35 : dense ? 0.4 : 0.6;
      context.lineWidth = dense ? 0.7 : 1.2;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  #ways() {
    const { context, xs, ys } = this;
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
    const way = this.selection?.node !== undefined ? this.moment.way(this.selection.node) : [];
    if (way.length > 1) {
      context.beginPath();
      way.forEach((n, i) => (i === 0 ? context.moveTo(xs[n], ys[n]) : context.lineTo(xs[n], ys[n])));
      context.strokeStyle = colors.select;
      context.lineWidth = 4;
      context.stroke();
    }
    if (this.selection?.link) {
      const [a, b] = this.selection.link;
      context.beginPath();
      context.moveTo(xs[a], ys[a]);
      context.lineTo(xs[b], ys[b]);
      context.strokeStyle = colors.select;
      context.lineWidth = 4;
      context.stroke();
    }
  }

  /** A frame takes a millisecond: it is shown moving for frameUs, or nobody would see it. */
  #frames() {
    const { context, xs, ys, moment } = this;
    let drawn = 0;
    this.shown = 0;
    for (const event of moment.recent(this.frameUs)) {
      const moves = (event.k === "tx" || event.k === "fail") && event.to >= 0;
      const calls = event.k === "tx" && event.to < 0;
      const ends = event.k === "drop" || event.k === "lost";
      if (!moves && !calls && !ends) continue;
      if (++drawn > MAX_FRAMES_DRAWN) break;
      const share = Math.max(0, Math.min(1, (moment.us - event.t) / this.frameUs));
      const x = xs[event.n];
      const y = ys[event.n];
      if (calls) {
        context.beginPath();
        context.arc(x, y, this.radius + share * 9, 0, 7);
        context.globalAlpha = 0.5 * (1 - share);
        context.strokeStyle = colors.control;
        context.lineWidth = 1;
        context.stroke();
        context.globalAlpha = 1;
      } else if (ends || event.k === "fail") {
        this.#cross(x, y - this.radius - 4, 4 + 2 * (1 - share), colors.lost);
      } else {
        const data = event.c === "DATA";
        const followed = event.p?.some((packet) => this.highlight.has(packet));
        context.beginPath();
        context.arc(x + (xs[event.to] - x) * share, y + (ys[event.to] - y) * share, followed ? 7 : data ? 4 : 2.5, 0, 7);
        context.fillStyle = followed ? colors.select : data ? colors.packet : event.c.endsWith("ACK") ? colors.ack : colors.control;
        context.fill();
        this.shown++;
      }
    }
  }

  #cross(x, y, size, color) {
    const { context } = this;
    context.beginPath();
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.stroke();
  }

  #nodes() {
    const { context, xs, ys, run, moment, radius } = this;
    for (const role of ["sensor", "relay", "gateway"]) {
      context.beginPath();
      for (let n = 0; n < xs.length; n++) {
        if (run.nodes[n].role !== role || !moment.nodes[n].up) continue;
        if (role === "gateway") {
          const half = Math.max(3, radius * 1.3);
          context.rect(xs[n] - half, ys[n] - half, 2 * half, 2 * half);
        } else {
          context.moveTo(xs[n] + radius, ys[n]);
          context.arc(xs[n], ys[n], radius, 0, 7);
        }
      }
      context.fillStyle = colors[role];
      context.fill();
    }
    for (let n = 0; n < xs.length; n++) {
      const node = moment.nodes[n];
      if (!node.up) {
        this.#cross(xs[n], ys[n], radius, colors.down);
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
    if (this.selection?.node !== undefined) {
      context.beginPath();
      context.arc(xs[this.selection.node], ys[this.selection.node], radius + 5, 0, 7);
      context.strokeStyle = colors.select;
      context.lineWidth = 3;
      context.stroke();
    }
    if (run.nodes.length <= LABELLED_NODES || this.zoom >= 3) {
      context.font = "11px system-ui, sans-serif";
      context.fillStyle = colors.text;
      context.textAlign = "center";
      for (let n = 0; n < xs.length; n++) context.fillText(run.nodes[n].name, xs[n], ys[n] + radius + 13);
    }
  }

  /** What is at a point: {node}, {link} or null. */
  pick(x, y) {
    let best = null;
    let nearest = (this.radius + 6) ** 2;
    for (let n = 0; n < this.xs.length; n++) {
      const distance = (this.xs[n] - x) ** 2 + (this.ys[n] - y) ** 2;
      if (distance < nearest) [nearest, best] = [distance, { node: n }];
    }
    if (best) return best;
    let closest = 6;
    for (const link of this.moment.links()) {
      const distance = this.#distance(x, y, link.a, link.b);
      if (distance < closest) [closest, best] = [distance, { link: [link.a, link.b] }];
    }
    return best;
  }

  #distance(x, y, a, b) {
    const dx = this.xs[b] - this.xs[a];
    const dy = this.ys[b] - this.ys[a];
    const along = Math.max(0, Math.min(1, ((x - this.xs[a]) * dx + (y - this.ys[a]) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - this.xs[a] - along * dx, y - this.ys[a] - along * dy);
  }

  zoomBy(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const zoom = Math.max(0.3, Math.min(40, this.zoom * factor));
    const real = zoom / this.zoom;
    const fromX = x - this.canvas.clientWidth / 2;
    const fromY = y - this.canvas.clientHeight / 2;
    this.panX = fromX - (fromX - this.panX) * real;
    this.panY = fromY - (fromY - this.panY) * real;
    this.zoom = zoom;
    this.onNeed();
  }

  #pointer() {
    const { canvas } = this;
    let from = null;
    let moved = false;
    canvas.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, y: event.clientY, panX: this.panX, panY: this.panY };
      moved = false;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      const dx = event.clientX - from.x;
      const dy = event.clientY - from.y;
      moved ||= Math.hypot(dx, dy) > 4;
      if (moved) {
        Object.assign(this, { panX: from.panX + dx, panY: from.panY + dy });
        this.onNeed();
      }
    });
    canvas.addEventListener("pointerup", (event) => {
      if (from && !moved) {
        const box = canvas.getBoundingClientRect();
        this.onPick(this.pick(event.clientX - box.left, event.clientY - box.top));
      }
      from = null;
    });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      this.zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
  }
}
