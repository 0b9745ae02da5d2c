package io.thicket.sim.run;

import io.thicket.sim.lab.Fate;
import io.thicket.sim.lab.Outcome;
import java.util.List;
import java.util.Map;

/** What became of packets, in words. Reasons have those of the page of {@code sim view}. */
final class FateText {
    /** Of a router, by {@link io.thicket.routing.DropReason}. */
    static final Map<String, String> DROP = Map.of(
            "NO_ROUTE", "there was no way to its destination, and none was found in time",
            "QUEUE_FULL", "the node's queue was full",
            "TOO_OLD", "it became older than messages are kept, on its way or while it waited for a way",
            "HOP_LIMIT", "it went over too many hops, as in a loop",
            "TOO_LARGE", "it is larger than the next link takes",
            "TURN_LIMIT", "it was sent anew too often",
            "RESTART", "the node that held it restarted",
            "STALLED", "next hops took it, and none of them brought it on");

    /** Of an origin, by {@link io.thicket.agent.outbox.LossReason} or as an origin without an outbox names it. */
    static final Map<String, String> LOSS = Map.of(
            "OUTBOX_FULL", "the outbox was full, and it was the oldest reading in it",
            "TOO_OLD", "it became older than the outbox keeps readings",
            "REFUSED", "a gateway refused it for good",
            "TOO_LARGE", "it alone is larger than a message on its way may be",
            "NODE_STOPPED", "the node stopped, and it was in memory only",
            "NOT_IN_TIME", "it could not be sent within 30 s, and a packet between nodes is not kept for longer",
            "TOO_MANY_WAIT", "too many packets were waiting there already",
            "NOT_TAKEN", "its router did not take it, and this source sends each packet once");

    private FateText() {}

    /** One sentence without its full stop, and without the place. */
    static String of(Fate fate, String reason) {
        return switch (fate) {
            case ARRIVED -> "arrived";
            case NO_WAY ->
                "no way existed in time"
                        + (reason.isEmpty()
                                ? ""
                                : ", and given up by its origin: " + LOSS.getOrDefault(reason, reason));
            case SETTLED -> "settled, but never at the broker";
            case GIVEN_UP -> "given up by its origin: " + LOSS.getOrDefault(reason, reason);
            case NODE_DOWN -> "its origin lost power: what a simulated node keeps is in memory only";
            case SWALLOWED -> "the last who had it was an insider, who let it vanish";
            case DROPPED -> "dropped on its way: " + DROP.getOrDefault(reason, reason);
            case WAITING -> "not sent yet at the end: it waited at its origin for a way, or behind others";
            case UNDER_WAY -> "handed to its router, and not confirmed at the end: under way, or waiting for a way";
            case UNKNOWN -> "unknown: lost on its way";
        };
    }

    /** For a cell of a table: the reason, or the node where it happened, or both; empty if neither is known. */
    static String why(Outcome outcome, List<String> names) {
        String at = outcome.node() < 0 ? "" : names.get(outcome.node());
        return outcome.reason() + (outcome.reason().isEmpty() || at.isEmpty() ? "" : " at ") + at;
    }
}
