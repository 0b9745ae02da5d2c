package io.thicket.routing.engine;

import io.thicket.routing.NodeId;

/**
 * A neighbour session as a route sees it: one (node, boot) on one link. A neighbour that restarted is another object
 * (U7), so that a route to its former self can never become a route to the present one.
 */
interface NextHop {
    NodeId id();

    int bootTag();

    /** U2: the session is live and the link TWO_WAY. */
    boolean isUsable();

    /** Where nodes move: whether it was heard within one interval of its HELLOs, or is gone already. */
    default boolean isFresh(long nowMs) {
        return true;
    }

    /** Whether there is more to send over its link than fits. */
    default boolean isCongested(long nowMs) {
        return false;
    }

    /** Cost of the hop in 10 us units, at least 1. */
    long cost();

    /** The timers of the link's class. */
    RoutingParameters parameters();

    /** How long to wait for this neighbour's own newer advert before another may move the route (2.5, settling). */
    long settleMs();
}
