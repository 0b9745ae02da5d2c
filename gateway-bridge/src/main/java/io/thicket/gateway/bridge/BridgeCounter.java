package io.thicket.gateway.bridge;

/** What a bridge counts. A new metric is one constant; {@code metrics} shows it in lower case. */
public enum BridgeCounter {
    /** Batches taken or answered at once. */
    BATCHES,
    /** Batches not taken because the bridge was full; their origins keep them. */
    BATCHES_NOT_ACCEPTED,
    /**
     * Batches of an origin that has signed a later epoch, with a known number in them: neither published nor settled, since
     * two readings may bear that number (a disk that was set back).
     */
    BATCHES_OUTDATED,
    /** Readings seen for the first time. */
    READINGS,
    /** Readings that came again; none of them was published again because of that. */
    READINGS_DUPLICATE,
    /** Readings whose {@code data} publication the broker acknowledged. */
    READINGS_PUBLISHED,
    /** Readings that waited here when they were heard to be at the broker already; settled, not published. */
    READINGS_HEARD,
    /** Readings that waited a second, so that another gateway of the site could say that it has them. */
    READINGS_CLAIMED,
    /** Publications with {@code dup=possible}: nobody can know whether subscribers have the reading already. */
    READINGS_DOUBTFUL,
    /** Readings that this gateway published and then heard from another one, too. */
    READINGS_TWICE,
    /** Readings whose publication exceeds the broker's Maximum Packet Size; given up. */
    READINGS_DEAD_LETTERED,
    /** {@code data} publications sent again after a connection was lost; subscribers may see their id twice. */
    REPEATS,
    /** PUBACKs with a reason of 0x80 or above. */
    REFUSALS,
    /** PUBACKs with reason 0x10, no matching subscribers. */
    NO_SUBSCRIBERS,
    /** Publications of every kind handed to the client. */
    PUBLICATIONS,
    /** Settlements sent to origins. */
    SETTLEMENTS,
    /** Connections made. */
    CONNECTIONS,
    /** Connections dropped because PUBACKs stopped coming. */
    STALLS,
    /** Nodes forgotten because {@link Bridge#MAX_NODES} was reached. */
    NODES_FORGOTTEN,
    /** Names to be cleared and claims that found no room: see {@link OwnPublications#MAX}. */
    PUBLICATIONS_DROPPED
}
