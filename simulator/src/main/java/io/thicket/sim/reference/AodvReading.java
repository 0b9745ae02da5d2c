package io.thicket.sim.reference;

/** RFC 3561 leaves a choice in places; some choices loop. The table in the module's README has both side by side. */
public enum AodvReading {
    /**
     * The reading that van Glabbeek, Hoefner, Tan and Portmann proved free of loops (untimed, without reboots): an entry
     * stays with its sequence number incremented when its route breaks or expires, is replaced by fresher or better
     * information only, and is invalidated by a fresher RERR only.
     */
    RESOLVED,

    /**
     * What ns-3.37 does in the places that loop, to show that they do; the rest of ns-3 is not copied. A break
     * increments nothing, an old RREQ moves the reverse route, a neighbour is given the originator's number, a failed
     * search forgets the entry, any RERR invalidates, and every RREP is relayed as it came.
     */
    NS3,

    /**
     * As {@link #NS3}, and as ns-3 too it drops a RREQ that comes from the next hop to what it looks for. That hides most of
     * the loops, so that ways and deliveries can stand beside ns-3's.
     */
    NS3_GUARDED
}
