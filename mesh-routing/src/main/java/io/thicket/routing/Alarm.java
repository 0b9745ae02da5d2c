package io.thicket.routing;

/**
 * Something a person should know.
 *
 * @param kind what
 * @param node about whom
 * @param detail one short English sentence
 */
public record Alarm(Kind kind, NodeId node, String detail) {
    /** Kinds of alarms. */
    public enum Kind {
        DESCENT_VIOLATED,
        CLONED_IDENTITY,
        DUPLICATE_NAME,
        FOREIGN_NETWORK_KEY,
        STALLED,
        /** Readings that a neighbour took for a gateway were mostly not settled. */
        UNVERIFIED_PATH,
        /** A neighbour answers small frames, and large ones get lost on the way to it. */
        SMALL_FRAMES_ONLY,
        /** A neighbour announces a gateway that the network does not list, or without that gateway's signature. */
        FAKE_GATEWAY
    }
}
