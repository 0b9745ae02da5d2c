package io.thicket.sim.lab;

/**
 * A node that holds the network's key and misbehaves.
 *
 * @param node which
 * @param kind how
 */
public record Insider(int node, Kind kind) {
    /** How an insider misbehaves. */
    public enum Kind {
        /** Takes custody of others' messages and lets half of them vanish, each for good. */
        GREY_HOLE,
        /** Takes custody of others' messages and lets all vanish. */
        BLACK_HOLE,
        /** Announces that its own links cost next to nothing, and lets all vanish as well. */
        METRIC_LIAR,
        /** Sends 100 messages a second, by turns to a gateway and to nodes that do not exist. */
        FLOODER
    }
}
