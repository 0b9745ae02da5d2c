package io.thicket.sim.reference;

import java.util.List;

/** The messages of RFC 3561 s5. RREP-ACK is not among them: the MAC acknowledges each RREP. */
sealed interface AodvMessage {
    /** Sequence numbers start at 1, so that 0 can say "unknown" in a RERR. */
    int UNKNOWN_SEQ = 0;

    /**
     * s5.1, 24 bytes. The time to live is the IP header's.
     *
     * @param gratuitous G: an intermediate node that answers tells the destination too
     * @param destinationOnly D: only the destination answers
     * @param unknownSeq U: the originator knows no sequence number of the destination
     */
    record Rreq(
            boolean gratuitous,
            boolean destinationOnly,
            boolean unknownSeq,
            int hopCount,
            int id,
            int destination,
            int destinationSeq,
            int originator,
            int originatorSeq)
            implements AodvMessage {}

    /** s5.2, 20 bytes. A hello (s6.9) is one that is broadcast and names its transmitter as the destination. */
    record Rrep(int hopCount, int destination, int destinationSeq, int originator, long lifetimeMs)
            implements AodvMessage {}

    /** s5.3, 4 bytes and 8 for each destination. */
    record Rerr(List<Unreachable> destinations) implements AodvMessage {
        static final int MAX_DESTINATIONS = 100;

        public Rerr {
            destinations = List.copyOf(destinations);
        }
    }

    /** A destination that can no longer be reached, and its sequence number after that. */
    record Unreachable(int destination, int seq) {}
}
