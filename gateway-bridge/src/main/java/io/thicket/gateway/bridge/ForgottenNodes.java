package io.thicket.gateway.bridge;

import io.thicket.routing.table.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes gave way in a site that is too large to remember all: a filter of 8 KB without false negatives (Bloom, CACM 13(7), 1970), made with the
 * first of them. The bits of a node are in one word, since each look at another one waits for memory. Of a node that is not among them it says so of 4 in 100 after 8000 that are, and of all once it is full.
 */
final class ForgottenNodes {
    private static final int WORDS = 1 << 10;
    private static final int BITS = 3; // of a NodeId mixed, since those may be consecutive numbers

    private long @Nullable [] words;

    /** By NodeId. */
    void add(long node) {
        long[] its = words;
        if (its == null) {
            its = new long[WORDS];
            words = its;
        }
        long mixed = SplitMix64.mix(node);
        its[word(mixed)] |= bits(mixed);
    }

    /** Whether the node may be one; certainly not if false. */
    boolean mayHave(long node) {
        long[] its = words;
        if (its == null) {
            return false;
        }
        long mixed = SplitMix64.mix(node);
        return (~its[word(mixed)] & bits(mixed)) == 0;
    }

    private static int word(long mixed) {
        return (int) mixed & (WORDS - 1);
    }

    /** Of its word. */
    private static long bits(long mixed) {
        long bits = 0;
        for (int i = 1; i <= BITS; i++) {
            bits |= 1L << (mixed >>> (16 * i)); // the lowest six bits of that
        }
        return bits;
    }
}
