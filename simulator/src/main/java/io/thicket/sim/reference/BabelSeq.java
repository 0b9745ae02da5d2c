package io.thicket.sim.reference;

/** RFC 8966 s3.2.1: 16-bit sequence numbers modulo 2^16. */
final class BabelSeq {
    private BabelSeq() {}

    static boolean isNewer(int seq, int than) {
        return difference(seq, than) > 0;
    }

    /** How much {@code a} is ahead of {@code b}, negative if it is behind. */
    static int difference(int a, int b) {
        return (short) (a - b);
    }

    static int next(int seq) {
        return seq + 1 & 0xffff;
    }
}
