// One packet's whole way, and why messages with it were dropped.
import { el } from "./dom.js";
import { span, time } from "./format.js";
import { DROP, LOSS, sentence } from "./words.js";

/** Blocks that are read for a packet that never arrives, or for what was before a drop. */
const MAX_BLOCKS = 60;

const has = (event, packet) => event.p === packet || (Array.isArray(event.p) && event.p.includes(packet));

/** Everything that names a packet: [{event, at}], whether the search ended before the run, and whether some of what was searched is damaged. */
export async function storyOf(run, packet) {
  const story = [];
  let number = run.blockAt(packet.at);
  const last = packet.end >= 0 ? run.blockAt(packet.end) + 1 : run.blocks.length - 1;
  const first = number;
  let damaged = false;
  for (; number <= Math.min(last, run.blocks.length - 1); number++) {
    if (number - first >= MAX_BLOCKS) return { story, cut: true, damaged };
    const events = await run.load(number);
    damaged ||= run.damageOf(number) !== undefined;
    events.forEach((event, i) => {
      if (has(event, packet.p) || (event.k === "power" && event.n === packet.node && event.t >= packet.at)) story.push({ event, at: [number, i] });
    });
  }
  return { story, cut: false, damaged };
}

/** What became of a packet, in one sentence. */
export function verdict(run, packet, { story, damaged }) {
  const source = run.nameOf(packet.node);
  if (packet.end >= 0 && packet.hops >= 0) {
    const again = story.filter(({ event }) => event.k === "done").length - 1;
    return "Arrived after " + span(packet.end - packet.at) + " over " + packet.hops + (packet.hops === 1 ? " hop" : " hops")
      + (again > 0 ? ", and " + again + " more times" : "") + ".";
  }
  const lost = story.find(({ event }) => event.k === "lost");
  if (lost) return source + " gave it up: " + (LOSS[lost.event.why] ?? lost.event.why) + ".";
  if (damaged) return "It did not arrive. Why is not known: the recording is damaged where its way may have been.";
  const drop = story.findLast(({ event }) => event.k === "drop" || event.k === "vanish");
  const last = drop ? " Last, " + run.nameOf(drop.event.n)
    + (drop.event.k === "vanish" ? ", an insider, let it vanish at " + time(drop.event.t) : " dropped it at " + time(drop.event.t) + ": " + (DROP[drop.event.why] ?? drop.event.why)) + "." : "";
  // A packet between nodes is sent again only if the origin's own router drops it: what another one drops, or what was handed on and is gone, stays so.
  if (packet.to >= 0 && drop && drop.event.n !== packet.node) return "It did not arrive." + last;
  const dead = story.find(({ event }) => event.k === "power" && !event.on);
  if (dead) return source + " lost power at " + time(dead.event.t) + ", before it had arrived" + (packet.to < 0 ? "; what a simulated node keeps is in memory only." : ".") + last;
  const sent = story.some(({ event }) => event.k === "tx");
  if (run.state === "live") {
    return sent ? "It has not arrived yet." + last : "It has not left " + source + " yet" + (drop ? "." + last : ": it waits for a way, or behind others.");
  }
  if (sent) return "It had not arrived when the recording ended." + last;
  return "It never left " + source + (drop ? "." + last : ": it waited for a way, or behind others.");
}

const BEFORE_US = 15e6;
const MAX_CIRCUMSTANCES = 6;

/** The events of the seconds before one, newest first; blocks are fetched as they are come to. */
async function* before(run, [number, index]) {
  let events = await run.load(number);
  const first = number;
  const from = events[index].t - BEFORE_US;
  for (let i = index - 1; ; i--) {
    while (i < 0) {
      if (--number < 0 || first - number >= MAX_BLOCKS) return;
      events = await run.load(number);
      i = events.length - 1;
      if (events.length === 0) return; // it is damaged
    }
    if (events[i].t <= from) return;
    yield events[i];
  }
}

/** What happened at a node and its next hop before an event, and how far back that was looked for, us. */
async function circumstances(run, event, at) {
  const found = [];
  let next = -1;
  let sinceUs = event.t;
  for await (const other of before(run, at)) {
    sinceUs = other.t;
    const its = other.n === event.n && ["route", "fail", "power", "alarm"].includes(other.k);
    if (its && other.k === "fail" && next < 0) next = other.to;
    const ofNext = next >= 0 && other.k === "power" && other.n === next;
    if (its || ofNext || other.k === "fault") found.push(other);
    if (found.length === MAX_CIRCUMSTANCES) break;
  }
  return { earlier: found.reverse(), sinceUs };
}

/** "Why was this dropped": the reason, what came before, what came of it. */
export async function whyDropped(run, moment, drop, at) {
  const { earlier, sinceUs } = await circumstances(run, drop, at);
  const node = moment.nodes[drop.n];
  const now = [];
  const carried = [drop.p ?? []].flat();
  const forGateway = carried.length === 0 || carried.some((number) => !(run.packets[number]?.to >= 0));
  if (forGateway && node.up && node.next < 0 && run.nodes[drop.n].role !== "gateway") now.push(run.nameOf(drop.n) + " had no route to a gateway.");
  for (const fault of moment.faults) now.push("A fault held: " + run.header.faults[fault]?.text + ".");
  const parts = [
    el("p", {}, el("strong", {}, drop.why), ": " + (DROP[drop.why] ?? drop.why) + "."),
    now.length ? el("div", {}, "At that time:", el("ul", {}, now.map((line) => el("li", {}, line)))) : null,
    earlier.length ? el("div", {}, "Before it at " + run.nameOf(drop.n) + ":", el("ul", {}, earlier.map((event) =>
      el("li", {}, span(drop.t - event.t) + " earlier: " + sentence(run, event))))) : el("p", { class: "dim" }, "Nothing of note happened there in the " + span(drop.t - sinceUs) + " before it."),
  ];
  for (const number of carried.slice(0, 8)) {
    const packet = run.packets[number];
    if (packet) {
      parts.push(el("p", {}, "#" + number + " of " + run.nameOf(packet.node) + ": " + (packet.end >= drop.t && packet.hops >= 0
        ? "sent again by its origin, it arrived " + span(packet.end - drop.t) + " later." : packet.end >= 0 && packet.hops >= 0 ? "another copy had arrived already." : run.state === "live" ? "it has not arrived yet." : "it did not arrive in this recording.")));
    }
  }
  if (!drop.p) parts.push(el("p", { class: "dim" }, "The message carried no packet that this recording knows."));
  return el("div", { class: "why" }, parts);
}
