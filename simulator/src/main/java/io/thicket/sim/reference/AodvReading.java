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
     * What ns-3.37 does, for showing that it loops: a break increments nothing, an old RREQ moves the reverse route, a
     * neighbour is given the originator's number, a failed search forgets the entry, any RERR invalidates, and every
     * RREP is relayed.
     */
    NS3
}
