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
        /** Takes custody of readings and lets half of the messages vanish, each for good. */
        GREY_HOLE,
        /** Takes custody of readings and lets all vanish. */
        BLACK_HOLE,
        /** Announces that its own links cost next to nothing, and forwards nothing. */
        METRIC_LIAR,
        /** Sends 100 messages a second, by turns to a gateway and to nodes that do not exist. */
        FLOODER
    }
}
