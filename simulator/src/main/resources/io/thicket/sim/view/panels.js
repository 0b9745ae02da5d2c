// What stands beside the map: details, events, one packet's story, and tables of all that is drawn.
import { partText } from "./damage.js";
import { byId, el, MAX_ROWS, show, table } from "./dom.js";
import { counted, percent, span, time } from "./format.js";
import { leaveAfterPointer } from "./keys.js";
import { storyOf, verdict, whyDropped } from "./follow.js";
import { grade, GRADE_TEXT } from "./quality.js";

const TABS = [["details", "Details"], ["events", "Events"], ["packets", "Packets"], ["nodes", "Nodes"], ["links", "Links"], ["counts", "Counts"]];

/** What shows the network as it is at a moment. */
const OF_A_MOMENT = ["details", "events", "nodes", "links"];

const isSame = (one, other) => one.us === other.us && one.position === other.position && one.block === other.block;

/** What of a list of events is seen first: its place in the recording, and how far below the panel's upper edge it is. */
function firstSeen(panel) {
  const edge = panel.getBoundingClientRect().top;
  const item = [...panel.querySelectorAll(".say")].find((each) => each.getBoundingClientRect().bottom > edge);
  return item ? { at: item.dataset.at, below: item.getBoundingClientRect().top - edge } : null;
}

/** More may stand above it now. */
function keepInPlace(panel, { at, below }) {
  const item = panel.querySelector(`.say[data-at="${at}"]`);
  if (item) panel.scrollTop += item.getBoundingClientRect().top - panel.getBoundingClientRect().top - below;
}

export class Panels {
  /** app: run, moment, events, selectNode(n), selectLink(a, b), goEvent(event, at), go(us), highlight(packets) */
  constructor(app) {
    Object.assign(this, { app, tab: "details", story: null, untold: null, why: null, from: "details", packetFilter: "open", pressed: false, missed: false, shown: {}, centered: {} });
    this.buttons = TABS.map(([name, title]) => el("button", { role: "tab", id: "tab-" + name, "aria-controls": "panel", click: () => this.open(name), keydown: (event) => this.#walk(event) }, title));
    this.buttons.forEach((button) => leaveAfterPointer(button, "click"));
    show(byId("tabs"), this.buttons);
    this.#press();
  }

  /** The arrows go from tab to tab; the row of them is one stop of the Tab key. */
  #walk(event) {
    const at = this.buttons.indexOf(event.target);
    const count = TABS.length;
    const to = { ArrowLeft: (at + count - 1) % count, ArrowRight: (at + 1) % count, Home: 0, End: count - 1 }[event.key];
    if (to === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.open(TABS[to][0]);
    this.buttons[to].focus();
  }

  /** A button that is pressed must still be there when it is let go, or it was no click. */
  #press() {
    let presses = 0;
    byId("panel").addEventListener("pointerdown", () => { presses++; this.pressed = true; });
    const release = () => {
      const its = presses;
      setTimeout(() => {
        if (its !== presses) return; // pressed anew since
        this.pressed = false;
        if (this.missed) this.draw(true);
      });
    };
    addEventListener("pointerup", release);
    addEventListener("pointercancel", release);
  }

  /** Whether somebody writes or chooses something there. */
  #filling() { return document.activeElement?.matches("#panel input[type=number], #panel select") ?? false; }

  open(tab) {
    this.tab = tab;
    this.draw();
  }

  /** Makes the panel anew; the keyboard stays in it if it was there: with keep at the same place, else at what is new. */
  draw(keep = false) {
    const panel = byId("panel");
    const was = document.activeElement;
    const inside = was !== panel && panel.contains(was);
    const atTop = was === panel.firstElementChild;
    const places = () => [...panel.querySelectorAll("button, input, select")];
    const at = places().indexOf(was);
    const reading = keep && this.tab === "events" && this.#isScrolledAway(panel) ? firstSeen(panel) : null;
    this.missed = false;
    this.shown = this.#now();
    TABS.forEach(([name], i) => {
      this.buttons[i].setAttribute("aria-selected", String(name === this.tab));
      this.buttons[i].tabIndex = name === this.tab ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", "tab-" + this.tab);
    const { damage } = this.app.moment;
    const unknown = damage && OF_A_MOMENT.includes(this.tab) && !this.why;
    const content = unknown ? el("p", { class: "bad" }, partText(damage)) : this["_" + this.tab]();
    if (inside && keep && atTop) this.#replaceBelow(panel, was, content); else show(panel, content);
    if (inside && keep && !atTop) (places().find((place) => place.dataset.at && place.dataset.at === was.dataset.at) ?? places()[at])?.focus({ preventScroll: true });
    if (inside && !panel.contains(document.activeElement)) this.focusTop();
    if (!keep) panel.scrollTop = 0; // something else is there now
    if (reading) keepInPlace(panel, reading); else if (this.tab === "events") this.#center(panel);
  }

  /** The keyboard goes to the heading of what was opened, or to what stands first in its place; the keys there are the page's. */
  focusTop() {
    const top = byId("panel").firstElementChild;
    if (!top) return;
    top.tabIndex = -1;
    top.focus({ preventScroll: true });
  }

  /** A heading that has the focus and says the same stays, or a screen reader would read it anew with each picture. */
  #replaceBelow(panel, top, content) {
    const [first, ...rest] = [content].flat(Infinity).filter(Boolean);
    first.tabIndex = -1;
    if (!first.isEqualNode(top)) {
      show(panel, first, rest);
      return;
    }
    const { scrollTop } = panel;
    while (top.nextSibling) top.nextSibling.remove();
    panel.append(...rest);
    panel.scrollTop = scrollTop;
  }

  /** Scrolls the panel alone: on a phone the page would leave the map and the buttons behind. */
  #center(panel) {
    const now = panel.querySelector("li.now");
    if (now) panel.scrollTop += now.getBoundingClientRect().top - panel.getBoundingClientRect().top - (panel.clientHeight - now.offsetHeight) / 2;
    this.centered = { ...this.#now(), top: panel.scrollTop };
  }

  /** Whether somebody looks at another part of the list of this moment than the one it was shown with. */
  #isScrolledAway(panel) { return isSame(this.centered, this.#now()) && Math.abs(panel.scrollTop - this.centered.top) > 1; }

  #now() {
    const { us, position, block } = this.app.moment;
    return { us, position, block };
  }

  /** Tables that follow the moment are made anew once it is another one; what a person reads, scrolls, marks or fills in is left. */
  moved() {
    if (isSame(this.shown, this.#now())) return; // a live run grows while the moment stays
    const ofNow = this.packetFilter === "yet" || this.packetFilter === "new";
    if (this.tab === "packets" ? ofNow && !this.story && !this.#filling() : this.tab !== "counts") this.#again();
  }

  grown() {
    if (this.tab === "counts" || (this.tab === "packets" && !this.story && !this.#filling())) this.#again();
    this.#tellOn();
  }

  /** A packet that was followed before its end: what became of it is told when it is known. */
  #tellOn() {
    const { run } = this.app;
    const packet = run.packets[this.untold];
    if (!packet || !this.story || (packet.end < 0 && run.state === "live")) return;
    this.untold = null;
    const wish = (this.wish = {});
    this.app.trying(async () => {
      await this.#tell(packet, wish);
      if (wish === this.wish && this.tab === "packets") this.#again();
    });
  }

  #again() {
    this.missed = this.pressed;
    if (!this.pressed) this.draw(true);
  }

  #node(n) {
    return n < 0 || n === undefined ? "–" : el("button", { click: () => this.app.selectNode(n) }, this.app.run.nameOf(n));
  }

  _details() {
    const { run, moment, selection } = this.app;
    if (this.why) return [el("h2", {}, "Why was this dropped"), this.why, el("button", { click: () => { this.why = null; this.open(this.from); } }, "Back")];
    if (selection?.node !== undefined) return this.#nodeDetails(selection.node);
    if (selection?.link) return this.#linkDetails(...selection.link);
    const { counts } = moment;
    const { far } = this.app.map;
    const up = moment.nodes.filter((node) => node.up).length;
    return [el("h2", {}, run.header.name), el("p", {}, run.header.description),
      el("dl", {},
        el("dt", {}, "Nodes up"), el("dd", { id: "nodesup" }, up + " of " + run.nodes.length),
        el("dt", {}, "Links"), el("dd", {}, moment.links().length),
        el("dt", {}, "Packets made"), el("dd", {}, counts.offered),
        el("dt", {}, "Arrived"), el("dd", {}, counts.delivered + " = " + percent(counts.delivered, counts.offered)),
        el("dt", {}, "Given up"), el("dd", {}, counts.lost),
        el("dt", {}, "Seed"), el("dd", {}, run.header.seed),
        el("dt", {}, "Commit"), el("dd", {}, run.header.commit),
        el("dt", {}, "Protocol"), el("dd", {}, run.header.protocol)),
      run.header.warmUpUs > 0 ? el("p", { class: "dim", id: "warmup" }, "The summary counts from " + time(run.header.warmUpUs, true) + " on (warm-up).") : null,
      far > 0 ? el("p", { class: "dim", id: "far" }, counted(far, "node") + (far === 1 ? " is" : " are") + " far from all others: fit (0) shows the whole network, and again where most are.") : null,
      el("h3", {}, "Faults now"),
      moment.faults.size ? el("ul", {}, [...moment.faults].map((f) => el("li", { class: "bad" }, run.header.faults[f]?.text))) : el("p", { class: "dim" }, "none"),
      el("p", { class: "dim" }, "Click a node or a link, or press ? for the keys.")];
  }

  #nodeDetails(n) {
    const { run, moment } = this.app;
    const node = moment.nodes[n];
    const way = moment.way(n).map((each) => run.nameOf(each)).join(" → ");
    const newest = run.packets.filter((packet) => packet?.node === n && packet.at <= moment.us).slice(-5).reverse();
    return [el("h2", {}, run.nameOf(n)),
      el("dl", {},
        el("dt", {}, "Role"), el("dd", {}, run.nodes[n].role),
        el("dt", {}, "State"), el("dd", { class: node.up ? "" : "bad" }, node.up ? "up" : "no power"),
        node.up ? [el("dt", {}, "Way"), el("dd", {}, way + (run.nodes[n].role === "gateway" ? "" : node.next < 0 ? " (no route)" : "")),
          el("dt", {}, "Hops"), el("dd", {}, node.hops < 0 ? "–" : node.hops),
          el("dt", {}, "Gateway"), el("dd", {}, this.#node(node.gw)),
          el("dt", {}, "In its router"), el("dd", {}, counted(node.q, "message")),
          el("dt", {}, "In its outbox"), el("dd", {}, counted(node.out, "reading")),
          node.uplink ? [el("dt", {}, "Broker"), el("dd", {}, node.uplink)] : null,
          el("dt", {}, "Like this"), el("dd", {}, (moment.isOlder(node) ? "for at least " : "for ") + span(moment.us - node.t))] : null),
      el("p", {}, el("button", { click: () => { this.app.events.node = n; this.open("events"); } }, "Its events"), " ",
        el("button", { click: () => this.app.select(null) }, "Whole network")),
      run.outside.filter((link) => link.n === n).map((link) => el("p", {}, "Link to agents outside: " + link.listen + " to " + link.peers.join(", "))),
      node.nb.length ? table("Neighbours", [["node", "name"], ["state"], ["heard here", "n"], ["ETX", "n"]], node.nb.map(([other, state, etx, heard]) =>
        [other < 0 ? "an agent outside" : this.#node(other), state.toLowerCase().replace("_", "-"), heard + " %", (etx / 10).toFixed(1)])) : el("p", { class: "dim" }, "It hears nobody."),
      el("h3", {}, "Its newest packets"),
      newest.length ? el("ul", {}, newest.map((packet) => el("li", {}, this.#packet(packet), " " + this.#fate(packet)))) : el("p", { class: "dim" }, "none yet")];
  }

  #linkDetails(a, b) {
    const { run, moment } = this.app;
    const link = moment.links().find((each) => each.a === Math.min(a, b) && each.b === Math.max(a, b));
    if (!link) return [el("h2", {}, run.nameOf(a) + " – " + run.nameOf(b)), el("p", { class: "dim" }, "Neither hears the other now.")];
    const row = (from, to, entry) => {
      const [, state, etx, heard] = entry ?? [];
      return [this.#node(from), this.#node(to), entry ? heard + " %" : "–", entry ? state.toLowerCase().replace("_", "-") : "not heard",
        entry ? (etx / 10).toFixed(1) : "–", GRADE_TEXT[grade(entry)]];
    };
    return [el("h2", {}, run.nameOf(link.a) + " – " + run.nameOf(link.b)),
      table("Both directions", [["from", "name"], ["to", "name"], ["heard", "n"], ["state"], ["ETX", "n"], [""]], [row(link.a, link.b, link.ab), row(link.b, link.a, link.ba)]),
      el("p", { class: "dim" }, "Heard: share of the last HELLOs, as the receiver counts them.")];
  }

  #packet(packet) { return el("button", { click: () => this.follow(packet.p) }, "#" + packet.p); }

  #fate(packet) {
    const { moment } = this.app;
    if (packet.end < 0 || packet.end > moment.us) return packet.end < 0 ? "has not arrived" : "is under way";
    return packet.hops < 0 ? "was given up" : "arrived after " + span(packet.end - packet.at);
  }

  _events() { return [this.app.events.filters(() => this.draw(true)), this.app.events.list()]; }

  _packets() {
    const { run } = this.app;
    if (this.story) return this.story;
    const now = this.app.moment.us;
    const of = {
      open: (packet) => packet.end < 0 || packet.hops < 0, yet: (packet) => packet.at <= now && (packet.end < 0 || packet.hops < 0 || packet.end > now),
      slow: () => true, new: (packet) => packet.at <= now,
    };
    // Of the whole run, wherever the scrubber is, but the two of this moment.
    const none = { open: run.state === "live" ? "Every packet so far has arrived." : "Every packet of the run has arrived.", yet: "Every packet made before now has arrived." };
    let list = run.packets.filter((packet) => packet && of[this.packetFilter](packet));
    if (this.packetFilter === "slow") list = list.filter((packet) => packet.end >= 0 && packet.hops >= 0).sort((x, y) => y.end - y.at - (x.end - x.at));
    if (this.packetFilter === "new") list = list.reverse();
    const choose = (event) => { this.packetFilter = event.target.value; this.draw(true); };
    const input = el("input", { type: "number", min: 0, size: 8, "aria-label": "Number of a packet", placeholder: "number" });
    return [el("form", { submit: (event) => { event.preventDefault(); if (input.value !== "") this.follow(Number(input.value)); } },
        el("select", { change: choose, "aria-label": "Which packets" }, [["open", "did not arrive"], ["yet", "not there by now"], ["slow", "slowest"], ["new", "newest before now"]].map(([value, text]) =>
          el("option", { value, selected: value === this.packetFilter }, text))), " follow # ", input, " ", el("button", {}, "Follow")),
      list.length === 0 ? el("p", { class: "dim" }, none[this.packetFilter] ?? "No packets yet.")
        : table(counted(list.length, "packet") + (list.length > MAX_ROWS ? ", the first " + MAX_ROWS : ""), [["packet"], ["of", "name"], ["made", "n"], ["took", "n"], ["hops", "n"]],
          list.slice(0, MAX_ROWS).map((packet) => [this.#packet(packet), this.#node(packet.node), time(packet.at),
            packet.end < 0 ? "–" : packet.hops < 0 ? "given up" : span(packet.end - packet.at), packet.hops < 0 ? "–" : packet.hops]))];
  }

  /** Shows one packet's way and marks it on the map. */
  follow(number) { return this.app.trying(() => this.#follow(number)); }

  async #follow(number) {
    const { app } = this;
    const { run } = app;
    const wish = (this.wish = {});
    const packet = run.packets[number];
    this.tab = "packets";
    if (!packet) {
      this.story = [el("p", { class: "bad", id: "story" }, "There is no packet #" + number + "."), this.#back()];
      this.draw();
      return;
    }
    app.highlight(number);
    await this.#tell(packet, wish);
    if (wish === this.wish) this.draw();
  }

  async #tell(packet, wish) {
    const { app } = this;
    const { run } = app;
    const ended = packet.end >= 0 || run.state !== "live";
    const found = await storyOf(run, packet);
    const { story, cut, damaged } = found;
    if (wish !== this.wish) return; // another one was chosen meanwhile
    this.untold = ended ? null : packet.p;
    this.story = [el("h2", {}, "Packet #" + packet.p + " of ", this.#node(packet.node), packet.to >= 0 ? [" for ", this.#node(packet.to)] : null),
      el("p", { id: "story" }, verdict(run, packet, found)),
      el("ol", { class: "events" }, story.map(({ event, at }) => app.events.item(event, at))),
      damaged ? el("p", { class: "dim" }, "Some of its way may be missing: the recording is damaged there.") : null,
      cut ? el("p", { class: "dim" }, "Only the first part of its way was searched.") : null,
      run.header.protocol === "thicket" ? null : el("p", { class: "dim" }, "Frames of " + run.header.protocol + " do not say which packets they carry."),
      this.#back()];
  }

  #back() {
    return el("p", {}, el("button", { click: () => { this.story = null; this.app.highlight(null); this.draw(); } }, "All packets"));
  }

  /** Answers why a message was dropped. */
  async explain(event, at) { this.answer(await whyDropped(this.app.run, this.app.moment, event, at)); }

  /** Shows an answer in place of the details; "Back" leads to where the first question was asked. */
  answer(content) {
    if (this.tab !== "details" || !this.why) this.from = this.tab;
    this.why = content;
    this.tab = "details";
    this.draw();
  }

  _nodes() {
    const { run, moment } = this.app;
    const first = Math.max(0, Math.min((this.app.selection?.node ?? 0) - 20, run.nodes.length - MAX_ROWS));
    const rows = moment.nodes.slice(first, first + MAX_ROWS).map((node, i) => [this.#node(first + i), run.nodes[first + i].role, node.up ? "up" : el("span", { class: "bad" }, "off"),
      node.next < 0 ? "–" : run.nameOf(node.next), node.hops < 0 ? "–" : node.hops, node.q, node.out, node.nb.length]);
    return table(counted(run.nodes.length, "node") + " at " + time(moment.us) + (rows.length < run.nodes.length ? ", from " + run.nameOf(first) + " on" : ""),
      [["node", "name"], ["role", "more"], ["state"], ["next hop", "name"], ["hops", "n"], ["queue", "n"], ["outbox", "n"], ["hears", "n"]], rows);
  }

  _links() {
    const { run, moment } = this.app;
    const all = moment.links();
    if (all.length === 0) return el("p", { class: "dim" }, "No links yet.");
    const side = (entry) => (entry ? entry[3] + " %" : "–");
    return table(counted(all.length, "link") + " at " + time(moment.us) + (all.length > MAX_ROWS ? ", the first " + MAX_ROWS : ""), [["a", "name"], ["b", "name"], ["a → b", "n"], ["b → a", "n"], ["link"]],
      all.slice(0, MAX_ROWS).map((link) => [run.nameOf(link.a), run.nameOf(link.b), side(link.ab), side(link.ba),
        el("button", { click: () => this.app.selectLink(link.a, link.b) }, grade(link.ab) + " / " + grade(link.ba))]));
  }

  _counts() {
    const { rows } = this.app.run;
    if (rows.length === 0) return el("p", { class: "dim" }, "Nothing was counted yet.");
    return table("What the plots show" + (rows.length > MAX_ROWS ? ", the last " + MAX_ROWS + " rows" : ""),
      [["from"], ["offered", "n"], ["delivered", "n"], ["dropped", "n"], ["lost", "n"], ["data", "n"], ["control", "n"]],
      rows.slice(-MAX_ROWS).map((row) => [el("button", { click: () => this.app.go(row[0]) }, time(row[0], true)), ...row.slice(1)]));
  }
}
