package io.thicket.gateway.bridge;

import io.thicket.routing.table.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes gave way in a site that is too large to remember all: a filter of 8 KB without false negatives (Bloom, CACM 13(7), 1970), made with the
 * first of them. Of a node that is not among them it says so of 3 in 100 after 8000 that are, and of all once it is full.
 */
final class ForgottenNodes {
    private static final int BITS = 1 << 16;
    private static final int HASHES = 3; // of a NodeId mixed, since those may be consecutive numbers

    private long @Nullable [] words;

    /** By NodeId. */
    void add(long node) {
        long[] its = words;
        if (its == null) {
            its = new long[BITS / Long.SIZE];
            words = its;
        }
        long mixed = SplitMix64.mix(node);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(mixed, i);
            its[bit / Long.SIZE] |= 1L << bit;
        }
    }

    /** Whether the node may be one; certainly not if false. */
    boolean mayHave(long node) {
        long[] its = words;
        if (its == null) {
            return false;
        }
        long mixed = SplitMix64.mix(node);
        boolean all = true;
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(mixed, i);
            all &= (its[bit / Long.SIZE] & (1L << bit)) != 0;
        }
        return all;
    }

    private static int bit(long mixed, int which) {
        return (int) (mixed >>> (16 * which)) & (BITS - 1);
    }
}
