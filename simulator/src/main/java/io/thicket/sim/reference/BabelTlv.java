package io.thicket.sim.reference;

/** The TLVs of RFC 8966 s4.6 that are used here. Intervals are in centiseconds. */
sealed interface BabelTlv {
    /** The metric and cost that mean "not at all". */
    int INFINITY = 0xffff;

    /** s4.6.5, 8 bytes. */
    record Hello(int seqno, int interval) implements BabelTlv {}

    /** s4.6.6, 12 bytes with an IPv4 address: what the transmitter hears of {@code neighbor}. */
    record Ihu(int rxcost, int interval, int neighbor) implements BabelTlv {}

    /**
     * s4.6.9: a route to a node's address; the router-id follows from the address (flag 0x40), and leading bytes equal to
     * the address before are left out (flag 0x80): 16 bytes for the first in a packet, 13 for most others.
     */
    record Update(int prefix, int interval, int seqno, int metric) implements BabelTlv {}

    /** s4.6.10: asks for an update of one prefix (8 bytes), or of all ({@link #ALL}, 4 bytes). */
    record RouteRequest(int prefix) implements BabelTlv {
        static final int ALL = 0;
    }

    /** s4.6.11, 20 bytes: asks for an update with at least this number; the router-id follows from the prefix. */
    record SeqnoRequest(int prefix, int seqno, int hops) implements BabelTlv {}
}
