// The list of events around the moment, what of them is wanted, and steps from one to the next.
import { el } from "./dom.js";
import { time } from "./format.js";
import { sentence, tone } from "./words.js";

const SHOWN_BEFORE = 60;
const SHOWN_AFTER = 40;

/** In a busy network blocks are a tenth of a second. */
const BLOCKS_BEFORE = 6;

const isFrame = (event) => ["tx", "rx", "out", "in"].includes(event.k);

/** What can be wanted: name, and which events it is. */
const KINDS = [
  ["packets", (event) => ["offer", "done", "lost", "foreign"].includes(event.k)],
  ["drops", (event) => ["drop", "vanish", "fail"].includes(event.k)],
  ["data frames", (event) => isFrame(event) && event.c === "DATA"],
  ["other frames", (event) => isFrame(event) && event.c !== "DATA"],
  ["routes", (event) => event.k === "route"],
  ["faults, alarms", (event) => ["fault", "alarm", "power", "broken"].includes(event.k)],
];

export class EventList {
  constructor(run, moment, go) {
    Object.assign(this, { run, moment, go, wanted: new Set([0, 1, 2, 4, 5]), node: null, onMore: () => {} });
  }

  isWanted(event) {
    if (event.k === "key" || event.k === "node" || event.k === "place") return false;
    if (this.node !== null && event.n !== this.node && event.to !== this.node) return false;
    return KINDS.some(([, is], i) => this.wanted.has(i) && is(event));
  }

  /** The event behind (+1) or before (-1) the moment: [block, index], or null at the end. */
  async next(direction) {
    const { moment, run } = this;
    let number = Math.max(0, moment.block);
    let events = await run.load(number);
    let i = direction > 0 ? moment.position : moment.position - 2;
    for (;;) {
      for (; i >= 0 && i < events.length; i += direction) if (this.isWanted(events[i])) return [number, i];
      number += direction;
      if (number < 0 || number >= run.blocks.length) return null;
      events = await run.load(number);
      i = direction > 0 ? 0 : events.length - 1;
    }
  }

  filters(changed) {
    return el("div", { class: "filters" },
      KINDS.map(([title], i) => el("label", {}, el("input", { type: "checkbox", checked: this.wanted.has(i), change: (event) => {
        if (event.target.checked) this.wanted.add(i); else this.wanted.delete(i);
        changed();
      } }), " ", title)),
      this.node === null ? null : el("label", { title: this.run.nameOf(this.node) }, el("input", { type: "checkbox", checked: true, change: () => { this.node = null; changed(); } }),
        " only " + this.run.nameOf(this.node)));
  }

  /** The list itself. */
  list() {
    const { moment } = this;
    const { events, position, block } = moment;
    const before = this.#before();
    const after = [];
    for (let i = position; i < events.length && after.length < SHOWN_AFTER; i++) if (this.isWanted(events[i])) after.push(i);
    if (before.length + after.length === 0) return el("p", { class: "dim" }, "No event of these kinds near this moment.");
    return el("ol", { class: "events" }, before.map(({ event, at }, place) => this.item(event, at, place === before.length - 1 ? "now" : "")),
      after.map((i) => this.item(events[i], [block, i], "later")));
  }

  /** What is wanted of what was before the moment, in this block and some before it; those that are not at hand are fetched for the next time. */
  #before() {
    const { moment, run } = this;
    const found = [];
    let { events, block } = moment;
    for (let i = moment.position - 1; found.length < SHOWN_BEFORE; i--) {
      if (i < 0) {
        if (--block < 0 || moment.block - block > BLOCKS_BEFORE) break;
        events = run.kept(block);
        if (!events) {
          this.#fetch(block);
          break;
        }
        i = events.length;
      } else if (this.isWanted(events[i])) {
        found.push({ event: events[i], at: [block, i] });
      }
    }
    return found.reverse();
  }

  #fetch(block) {
    if (this.fetching || this.run.damageOf(block)) return;
    this.fetching = true;
    const done = () => { this.fetching = false; };
    this.run.load(block).then(() => {
      done();
      if (this.run.kept(block)) this.onMore(); // which may fetch the one before
    }, done); // what fails is told where it is needed
  }

  item(event, at, extra = "") {
    return el("li", { class: (tone(event) + " " + extra).trim(), "aria-current": extra === "now" ? "true" : null },
      el("time", {}, time(event.t)),
      el("button", { class: "say", "data-at": at.join(), click: () => this.go(event, at) }, sentence(this.run, event)));
  }
}
