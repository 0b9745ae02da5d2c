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
        /** Takes custody of readings and lets half of them vanish. */
        GREY_HOLE,
        /** Takes custody of readings and lets all vanish. */
        BLACK_HOLE,
        /** Claims to be the next thing to a gateway, and forwards nothing. */
        METRIC_LIAR,
        /** Sends frames as fast as its MAC takes them, a fresh message to a gateway each time. */
        FLOODER
    }
}
