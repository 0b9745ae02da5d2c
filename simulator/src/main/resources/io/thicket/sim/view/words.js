// Events and reasons in words.

export const DROP = {
  NO_ROUTE: "there was no way to its destination, and none was found in time",
  QUEUE_FULL: "the node's queue was full",
  TOO_OLD: "it became older than messages are kept, on its way or while it waited for a way",
  HOP_LIMIT: "it went over too many hops, as in a loop",
  TOO_LARGE: "it is larger than the next link takes",
  TURN_LIMIT: "it was sent anew too often",
  RESTART: "the node that held it restarted",
  STALLED: "next hops took it, and none of them brought it on",
};

export const LOSS = {
  OUTBOX_FULL: "the outbox was full, and it was the oldest reading in it",
  TOO_OLD: "it became older than the outbox keeps readings",
  REFUSED: "a gateway refused it for good",
  TOO_LARGE: "it alone is larger than a message on its way may be",
  NODE_STOPPED: "the node stopped, and it was in memory only",
  NOT_IN_TIME: "it could not be sent within 30 s, and a packet between nodes is not kept for longer",
  TOO_MANY_WAIT: "too many packets were waiting there already",
  NOT_TAKEN: "its router did not take it, and this source sends each packet once",
};

const ROUTE = {
  FIRST: "the first one known", BETTER: "a better one", NEWER_SEQ: "newer information", METRIC: "its cost changed", ALTERNATE: "the one kept in reserve",
  LINK_DOWN: "the link to the next hop is down", NEIGHBOR_REBOOTED: "the next hop restarted", REFUSED: "the next hop refused", DESCENT: "it would not lead closer",
  RERR: "the next hop said it has none", EXPIRED: "it was not confirmed in time", WITHDRAWN: "it was withdrawn", STALLED: "nothing came of what went there",
};

const FRAME = { DATA: "data", HOP_ACK: "acknowledgement", E2E_ACK: "settlement", HELLO: "HELLO", RREQ: "route request", RREP: "route reply", RERR: "route error" };

const packets = (event) => (event.p === undefined ? "" : " #" + [event.p].flat().join(" #"));

/** One sentence. */
export function sentence(run, event) {
  const name = (n) => run.nameOf(n);
  const frame = FRAME[event.c] ?? String(event.c).toLowerCase();
  switch (event.k) {
    case "key": return "the recording's next block";
    case "node": return event.up ? name(event.n) + " shows itself" : name(event.n) + " is off";
    case "place": return name(event.n) + " moves";
    case "offer": return name(event.n) + " makes" + packets(event) + (event.to >= 0 ? " for " + name(event.to) : "");
    case "tx": return name(event.n) + " → " + (event.to < 0 ? "all" : name(event.to)) + ": " + frame + packets(event) + ", " + event.b + " bytes" + (event.r ? ", again" : "");
    case "rx": return name(event.to) + " got " + frame + packets(event) + " from " + name(event.n);
    case "out": return name(event.n) + " → outside: " + frame + packets(event) + ", " + event.b + " bytes";
    case "in": return name(event.n) + " got from outside " + (event.c === "OTHER" ? "a frame that it cannot open" : frame + packets(event)) + ", " + event.b + " bytes";
    case "foreign": return "a reading of " + event.name + ", an agent outside, has arrived, " + event.hops + (event.hops === 1 ? " hop" : " hops");
    case "fail": return name(event.n) + " → " + name(event.to) + ": " + frame + packets(event) + " never acknowledged";
    case "done": return packets(event).trim() + " of " + name(event.n) + (event.again ? " has arrived once more, " : " has arrived, ") + event.hops + (event.hops === 1 ? " hop" : " hops");
    case "lost": return name(event.n) + " gives" + packets(event) + " up: " + (LOSS[event.why] ?? event.why);
    case "drop": return name(event.n) + " drops" + packets(event) + ": " + event.why;
    case "vanish": return name(event.n) + ", an insider, lets" + (packets(event) || " a message") + " vanish";
    case "route": return name(event.n) + (event.next < 0 ? " has no route to " : " reaches ") + name(event.dest) + (event.next < 0 ? "" : " over " + name(event.next)) + ": " + (ROUTE[event.why] ?? event.why);
    case "alarm": return "alarm of " + name(event.n) + " about " + name(event.about) + ": " + event.what + ", " + event.why;
    case "power": return name(event.n) + (event.on ? " starts" : " loses power");
    case "fault": return (event.on ? "fault: " : "over: ") + (run.header.faults[event.f]?.text ?? "fault " + event.f);
    case "broken": return "INVARIANT BROKEN: " + event.why;
    default: return event.k;
  }
}

const BAD = new Set(["lost", "broken", "alarm"]);
const WARN = new Set(["drop", "vanish", "fail", "fault", "power"]);
export const tone = (event) => (BAD.has(event.k) ? "bad" : WARN.has(event.k) ? "warn" : "");
