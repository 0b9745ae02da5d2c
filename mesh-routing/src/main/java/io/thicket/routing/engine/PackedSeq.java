package io.thicket.routing.engine;

import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireLimits;

/**
 * A {@link Seq} as one unsigned number that orders as it does, the epoch above the count. What was heard on the wire has 32 bits
 * of each; tables that hold thousands keep eight bytes for it where the record and its reference take 36.
 */
final class PackedSeq {
    private static final int COUNT_BITS = 32;

    private PackedSeq() {}

    static long of(Seq seq) {
        if (seq.epoch() > WireLimits.MAX_U32 || seq.count() > WireLimits.MAX_U32) {
            throw new IllegalArgumentException("no message can carry " + seq);
        }
        return of(seq.epoch(), seq.count());
    }

    /** Of two unsigned 32-bit numbers. */
    static long of(long epoch, long count) {
        return epoch << COUNT_BITS | count;
    }

    static Seq unpack(long packed) {
        return new Seq(epoch(packed), count(packed));
    }

    static long epoch(long packed) {
        return packed >>> COUNT_BITS;
    }

    static long count(long packed) {
        return packed & WireLimits.MAX_U32;
    }

    /** As {@link Seq#isNewerThan}. */
    static boolean isNewer(long a, long b) {
        return Long.compareUnsigned(a, b) > 0;
    }
}
