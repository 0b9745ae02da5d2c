package io.thicket.routing;

import org.jspecify.annotations.Nullable;

/**
 * A route that was made, changed or lost.
 *
 * @param destination where it leads
 * @param nextHop the new next hop, null if the route is gone
 * @param seq the sequence number it stands on
 * @param metric in 10 us units, 0 if gone
 * @param reason why, for {@code explain}
 */
public record RouteChange(NodeId destination, @Nullable NodeId nextHop, Seq seq, long metric, Reason reason) {
    /** Why a route changed. */
    public enum Reason {
        FIRST,
        BETTER,
        NEWER_SEQ,
        METRIC,
        ALTERNATE,
        LINK_DOWN,
        NEIGHBOR_REBOOTED,
        REFUSED,
        DESCENT,
        RERR,
        EXPIRED,
        WITHDRAWN,
        STALLED
    }
}
