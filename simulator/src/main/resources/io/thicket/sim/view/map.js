// The map on a canvas: the ground that stands still, and over it what is chosen and frames on the air.
import { colors } from "./theme.js";
import { CROWD, cross, Ground } from "./ground.js";
import * as layout from "./layout.js";

/** How far the mark of what is outside is from its node, px. */
const STUB = 34;

const MAX_FRAMES_DRAWN = 1500;

/** Where a frame stands if nothing shall move: on the half of the link that leads to whom it is for. */
const STANDS = 0.65;

const still = matchMedia("(prefers-reduced-motion: reduce)");
const RELAYOUT_MS = 1000;

/** While it plays, the ground may be so old for each of its nodes: of 10 000 it is drawn anew every second, of 100 in each picture. */
const PATIENCE_MS = 0.1;

export class NetworkMap {
  constructor(canvas, buttons, run, moment) {
    Object.assign(this, { canvas, buttons, run, moment, zoom: 1, panX: 0, panY: 0, asTree: !run.header.placed, places: [], laidOut: -Infinity, playing: false });
    this.context = canvas.getContext("2d");
    this.ground = new Ground(run, moment);
    this.crowd = layout.crowd(run.nodes);
    this.whole = this.crowd === null;
    // How many nodes the picture of the places begins without.
    this.far = this.whole ? 0 : run.nodes.filter(({ x, y }) => x < this.crowd.left || x > this.crowd.right || y < this.crowd.top || y > this.crowd.bottom).length;
    this.shape = "";
    this.groundAt = -Infinity;
    this.patienceMs = PATIENCE_MS * run.nodes.length;
    this.selection = null;
    this.highlight = new Set();
    this.frameUs = 200_000;
    new ResizeObserver(() => this.onNeed()).observe(canvas);
    this.onNeed = () => {};
    this.onPick = () => {};
    still.addEventListener("change", () => this.onNeed());
    this.#pointer();
  }

  /** The whole network; if it is there already, where most of its nodes are. */
  fit() {
    const still = this.zoom === 1 && this.panX === 0 && this.panY === 0;
    this.whole = this.crowd === null || !(still && this.whole);
    this.#still();
  }

  /** Changes between places and tree. */
  turn() {
    Object.assign(this, { asTree: !this.asTree, laidOut: -Infinity, places: [], whole: this.crowd === null });
    this.#still();
  }

  #still() { Object.assign(this, { zoom: 1, panX: 0, panY: 0 }); }

  /** Draws the present moment. */
  draw() {
    const { canvas, context, ground } = this;
    const ratio = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) return; // a window so small has no room for it, and an empty layer cannot be drawn
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    if (this.#isGroundOld([width, height, ratio, this.zoom, this.panX, this.panY, this.asTree, this.whole, colors.bg].join())) {
      this.#place(width, height);
      ground.draw(this, width, height, ratio);
    }
    const layer = (its) => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(its, 0, 0);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    };
    layer(ground.below);
    this.#chosenWay();
    this.#frames();
    layer(ground.above);
    this.#chosenNode();
  }

  /** Whether it must be drawn anew; the next time it is asked, it has been. */
  #isGroundOld(shape) {
    const now = performance.now();
    const changed = this.moment.changes !== this.groundOf;
    const late = !this.playing || now - this.groundAt >= this.patienceMs;
    // The tree is laid out more rarely than links change: it may be old when the rest is not.
    const crooked = this.asTree && this.laidOutOf !== this.moment.changes && (!this.playing || now - this.laidOut > RELAYOUT_MS);
    if (shape === this.shape && !(changed && late) && !crooked) return false;
    Object.assign(this, { shape, groundOf: this.moment.changes, groundAt: now });
    return true;
  }

  #place(width, height) {
    const now = performance.now();
    if (!this.asTree) {
      this.places = layout.places(this.run, this.moment);
    } else if (!this.playing || now - this.laidOut > RELAYOUT_MS || this.places.length === 0) {
      this.places = layout.tree(this.run, this.moment);
      this.laidOut = now;
      this.laidOutOf = this.moment.changes;
    }
    const { left, right, top, bottom } = this.asTree || this.whole ? layout.box(this.places) : this.crowd;
    const margin = 36;
    const middleX = this.#middleX();
    const scale = Math.min((2 * middleX - 2 * margin) / Math.max(1, right - left), (height - 2 * margin) / Math.max(1, bottom - top)) * this.zoom;
    const count = this.places.length;
    if (!this.xs || this.xs.length !== count) {
      this.xs = new Float64Array(count);
      this.ys = new Float64Array(count);
    }
    for (let n = 0; n < count; n++) {
      this.xs[n] = middleX + (this.places[n].x - (left + right) / 2) * scale + this.panX;
      this.ys[n] = height / 2 + (this.places[n].y - (top + bottom) / 2) * scale + this.panY;
    }
    this.#placeDoors(width, height);
    this.radius = Math.max(count > CROWD ? 1.2 : 2.5, Math.min(9, (Math.sqrt((width * height) / Math.max(1, count)) / 9) * Math.sqrt(this.zoom)));
  }

  /** Marks of agents outside stand away from the middle of the picture, and no two links of a node have two. */
  #placeDoors(width, height) {
    this.doors = new Map();
    for (const { n } of this.run.outside) {
      const dx = this.xs[n] - width / 2;
      const dy = this.ys[n] - height / 2;
      const length = Math.hypot(dx, dy);
      const [x, y] = length < 1 ? [0, -STUB] : [(dx / length) * STUB, (dy / length) * STUB];
      this.doors.set(n, { x: this.xs[n] + x, y: this.ys[n] + y });
    }
  }

  #chosenWay() {
    const { context, xs, ys } = this;
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

  /** A frame takes a millisecond: it is shown moving for frameUs, or nobody would see it; standing if the system is asked for less motion. */
  #frames() {
    const { context, xs, ys, moment } = this;
    let drawn = 0;
    this.shown = 0;
    for (const event of moment.recent(this.frameUs)) {
      const moves = (event.k === "tx" || event.k === "fail") && event.to >= 0;
      const calls = event.k === "tx" && event.to < 0;
      const ends = event.k === "drop" || event.k === "lost";
      const door = event.k === "out" || event.k === "in" ? this.doors.get(event.n) : undefined;
      if (!moves && !calls && !ends && !door) continue;
      if (++drawn > MAX_FRAMES_DRAWN) break;
      const share = still.matches ? STANDS : Math.max(0, Math.min(1, (moment.us - event.t) / this.frameUs));
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
        cross(context, x, y - this.radius - 4, 4 + 2 * (1 - share), colors.lost);
      } else {
        const data = event.c === "DATA";
        const [fromX, fromY] = event.k === "in" ? [door.x, door.y] : [x, y];
        const [toX, toY] = event.k === "in" ? [x, y] : door ? [door.x, door.y] : [xs[event.to], ys[event.to]];
        const followed = event.p?.some((packet) => this.highlight.has(packet));
        context.beginPath();
        context.arc(fromX + (toX - fromX) * share, fromY + (toY - fromY) * share, followed ? 7 : data ? 4 : 2.5, 0, 7);
        context.fillStyle = followed ? colors.select : data ? colors.packet : event.c.endsWith("ACK") ? colors.ack : colors.control;
        context.fill();
        this.shown++;
      }
    }
  }

  #chosenNode() {
    const { context, xs, ys, radius } = this;
    if (this.selection?.node !== undefined) {
      context.beginPath();
      context.arc(xs[this.selection.node], ys[this.selection.node], radius + 5, 0, 7);
      context.strokeStyle = colors.select;
      context.lineWidth = 3;
      context.stroke();
    }
  }

  /** What is at a point: {node}, {link} or null. */
  pick(x, y) {
    const node = this.#nodeAt(x, y);
    if (node >= 0) return { node };
    let best = null;
    let closest = 6;
    for (const link of this.moment.links()) {
      const distance = this.#distance(x, y, link.a, link.b);
      if (distance < closest) [closest, best] = [distance, { link: [link.a, link.b] }];
    }
    return best;
  }

  /** The nearest node to a point that is near it, or -1. */
  #nodeAt(x, y) {
    let best = -1;
    let nearest = (this.radius + 6) ** 2;
    for (let n = 0; n < (this.xs?.length ?? 0); n++) {
      const distance = (this.xs[n] - x) ** 2 + (this.ys[n] - y) ** 2;
      if (distance < nearest) [nearest, best] = [distance, n];
    }
    return best;
  }

  /** The name of the node at a point, whole: on the map it may be shortened, or have no room. */
  #tell(event) {
    const box = this.canvas.getBoundingClientRect();
    const node = this.#nodeAt(event.clientX - box.left, event.clientY - box.top);
    const name = node < 0 ? "" : this.run.nameOf(node);
    if (this.canvas.title !== name) this.canvas.title = name;
  }

  #distance(x, y, a, b) {
    const dx = this.xs[b] - this.xs[a];
    const dy = this.ys[b] - this.ys[a];
    const along = Math.max(0, Math.min(1, ((x - this.xs[a]) * dx + (y - this.ys[a]) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - this.xs[a] - along * dx, y - this.ys[a] - along * dy);
  }

  /** Of what is left of the picture beside the buttons at its right. */
  #middleX() { return (this.canvas.clientWidth - this.buttons.offsetWidth) / 2; }

  zoomBy(factor, x = this.#middleX(), y = this.canvas.clientHeight / 2) {
    const zoom = Math.max(0.3, Math.min(40, this.zoom * factor));
    const real = zoom / this.zoom;
    const fromX = x - this.#middleX();
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
      if (!from) {
        this.#tell(event);
        return;
      }
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
    canvas.addEventListener("pointercancel", () => { from = null; });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      this.zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
  }
}
