// A run as far as it is known: its header, its blocks, and what became of packets.
import * as api from "./api.js";
import { damagedParts } from "./damage.js";

const CACHED_BLOCKS = 12;

export class Run {
  constructor(header) {
    this.header = header;
    this.nodes = header.nodes;
    this.outside = header.outside ?? []; // links to real agents, of bridged runs
    this.blocks = [];
    this.state = "live";
    this.packets = [];
    this.notes = [];
    this.rows = [];
    this.damaged = [];
    this.cache = new Map();
    this.closed = { blocks: 0, notes: [], rows: new Map() };
  }

  get endUs() { return this.blocks.length === 0 ? 0 : this.blocks[this.blocks.length - 1].toUs; }

  /** How long the time line is. */
  get spanUs() { return this.state === "live" ? this.header.durationUs : this.endUs; }

  /** Fetches what is new. */
  async update() {
    const from = this.closed.blocks;
    const index = await api.index(from);
    if (index.from !== from || this.closed.blocks !== from) return; // another update was faster
    this.state = index.state;
    this.blocks.length = from;
    let open = { notes: [], rows: [] };
    for (const block of index.blocks) {
      const { summary, ...times } = block;
      this.blocks.push(times);
      this.#packets(summary);
      if (block.open) {
        open = summary;
      } else {
        this.closed.blocks++;
        for (const note of summary.notes) this.closed.notes.push(note);
        addRows(this.closed.rows, summary.rows);
      }
    }
    this.damaged = damagedParts(this.blocks);
    this.notes = open.notes?.length ? this.closed.notes.concat(open.notes) : this.closed.notes;
    const rows = new Map(this.closed.rows);
    addRows(rows, open.rows ?? []);
    this.rows = [...rows.values()];
  }

  #packets(summary) {
    for (const [p, node, to, at] of summary.made ?? []) this.packets[p] ??= { p, node, to, at, end: -1, hops: -1 };
    for (const [p, at, hops] of summary.ended ?? []) {
      const packet = this.packets[p];
      if (packet && packet.end < 0) Object.assign(packet, { end: at, hops });
    }
  }

  /** The number of the block that holds a time; of two that meet there the earlier one. */
  blockAt(us) {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].fromUs < us) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** The part of the recording that is damaged and has this block, if it has. */
  damageOf(number) { return this.damaged.find((part) => number >= part.first && number <= part.last); }

  /** The events of a block, kept for a while; none of a damaged one. */
  async load(number) {
    const block = this.blocks[number];
    if (block.damaged) return [];
    const grown = block.open ? block.events : -1;
    const kept = this.cache.get(number);
    let events = kept?.grown === grown ? kept.events : null;
    if (!events) {
      try {
        events = await api.block(number);
      } catch (failure) {
        if (failure.status !== 500 || block.open) throw failure;
        block.damaged = true; // since the file was opened
        this.damaged = damagedParts(this.blocks);
        return [];
      }
    }
    this.cache.delete(number); // the newest is the last one
    this.cache.set(number, { grown, events });
    if (this.cache.size > CACHED_BLOCKS) this.cache.delete(this.cache.keys().next().value);
    return events;
  }

  /** The events of a block if they are at hand, else undefined; of one that grows, they may lack the newest. */
  kept(number) { return this.cache.get(number)?.events; }

  nameOf(node) { return node < 0 ? "nobody" : this.nodes[node]?.name ?? "node " + node; }
}

function addRows(into, rows) {
  for (const row of rows) {
    const known = into.get(row[0]);
    into.set(row[0], known ? known.map((value, i) => (i === 0 ? value : value + row[i])) : row);
  }
}
