package io.thicket.sim.reference;

/** RFC 3561 s6.1: 32-bit sequence numbers, compared as signed differences so that they may roll over; never 0 here. */
final class AodvSeq {
    private AodvSeq() {}

    static boolean isNewer(int seq, int than) {
        return seq - than > 0;
    }

    static int max(int a, int b) {
        return isNewer(a, b) ? a : b;
    }

    static int next(int seq) {
        return seq == -1 ? 1 : seq + 1;
    }
}
