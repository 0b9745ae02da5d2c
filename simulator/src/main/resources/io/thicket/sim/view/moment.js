// The network at one moment: a block's first picture and the events up to then.

const DOWN = { up: 0, gw: -1, next: -1, hops: -1, q: 0, out: 0, lost: 0, nb: [], t: 0 };

export class Moment {
  constructor(run) {
    this.run = run;
    this.us = 0;
    this.block = -1;
    this.events = [];
    this.position = 0;
    this.changes = 0; // of what the map's ground shows
    this.#clear();
  }

  #clear() {
    this.nodes = this.run.nodes.map(() => DOWN);
    this.places = new Map();
    this.faults = new Set();
    this.counts = { offered: 0, delivered: 0, lost: 0 };
    this.position = 0;
    this.linksOf = null;
    this.changes++;
  }

  /** The damaged part of the recording that this moment is in, if it is in one: then nothing is known of the network. */
  get damage() { return this.run.damageOf(this.block); }

  /** Goes to a time: everything up to and with it has happened. False if a later call was faster. */
  async seek(us) {
    const number = this.run.blockAt(us);
    if (!(await this.#open(number))) return false;
    if (us < this.us || this.position === 0) this.#clear();
    this.us = us;
    while (this.position < this.events.length && this.events[this.position].t <= us) this.#apply(this.events[this.position++]);
    return true;
  }

  /** Goes to just behind an event of a block. */
  async seekEvent(number, index) {
    if (!(await this.#open(number))) return false;
    if (index + 1 < this.position) this.#clear();
    while (this.position <= index && this.position < this.events.length) this.#apply(this.events[this.position++]);
    this.us = this.events[Math.min(index, this.events.length - 1)]?.t ?? this.run.blocks[number].fromUs;
    return true;
  }

  async #open(number) {
    const ticket = (this.ticket = {});
    const events = await this.run.load(number);
    if (ticket !== this.ticket) return false;
    // A block that grows keeps what is applied of it.
    if (number !== this.block || events.length < this.events.length) {
      this.block = number;
      this.#clear();
    }
    this.events = events;
    return true;
  }

  #apply(event) {
    switch (event.k) {
      case "key":
        this.faults = new Set(event.faults ?? []);
        Object.assign(this.counts, { offered: event.offered, delivered: event.delivered, lost: event.lost });
        break;
      case "node":
        this.nodes[event.n] = event.up ? event : DOWN;
        this.linksOf = null;
        this.changes++;
        break;
      case "place":
        this.places.set(event.n, event);
        this.changes++;
        break;
      case "fault": if (event.on) this.faults.add(event.f); else this.faults.delete(event.f); break;
      case "offer": this.counts.offered++; break;
      case "done": if (!event.again) this.counts.delivered++; break;
      case "lost": this.counts.lost++; break;
      default:
    }
  }

  /**
   * Links, each once: {a, b, ab, ba}, a the smaller number, with b's entry of a among its neighbours (ab) and a's of b (ba), or null. Lists in
   * flat arrays: of ten thousand nodes a map of all pairs took longer than a picture may.
   */
  links() {
    if (this.linksOf) return this.linksOf;
    const { nodes } = this;
    const count = nodes.length;
    const first = new Int32Array(count + 1); // where the list of those begins that hear a node and have a larger number
    for (let n = 0; n < count; n++) for (const entry of nodes[n].nb) if (entry[0] >= 0 && entry[0] < n) first[entry[0] + 1]++;
    for (let n = 0; n < count; n++) first[n + 1] += first[n];
    const end = first.slice();
    const hearers = new Int32Array(first[count]);
    const entries = new Array(first[count]);
    for (let n = 0; n < count; n++) {
      for (const entry of nodes[n].nb) {
        if (entry[0] < 0 || entry[0] >= n) continue;
        const i = end[entry[0]]++;
        hearers[i] = n;
        entries[i] = entry;
      }
    }
    const links = [];
    const indexes = new Int32Array(count).fill(-1); // of the link to a node, if it is one of the present a
    for (let a = 0; a < count; a++) {
      const mine = links.length;
      const to = (b) => {
        if (indexes[b] >= mine) return links[indexes[b]];
        indexes[b] = links.length;
        links.push({ a, b, ab: null, ba: null });
        return links[indexes[b]];
      };
      for (const entry of nodes[a].nb) if (entry[0] > a) to(entry[0]).ba = entry;
      for (let i = first[a]; i < end[a]; i++) to(hearers[i]).ab = entries[i];
    }
    return (this.linksOf = links);
  }

  /** The events of the last so many us, newest first, as far as they are in this block or kept of the ones before. */
  *recent(us) {
    const from = this.us - us;
    let { events } = this;
    let number = this.block;
    for (let i = this.position - 1; ; i--) {
      while (i < 0) {
        events = this.run.kept(--number);
        if (!events) return;
        i = events.length - 1;
      }
      if (events[i].t <= from) return;
      yield events[i];
    }
  }

  /** Whether a node may have been as it is before the first picture of this block: blocks do not say since when. */
  isOlder(node) { return this.block > 0 && node.t <= this.run.blocks[this.block].fromUs; }

  /** The way from a node to its gateway by everybody's next hops; ends where it breaks or turns. */
  way(node) {
    const way = [node];
    while (this.nodes[node]?.up && this.nodes[node].next >= 0 && !way.includes(this.nodes[node].next)) {
      node = this.nodes[node].next;
      way.push(node);
    }
    return way;
  }
}
