package io.thicket.gateway.bridge;

import java.util.Arrays;

/** Remembers which of the newest {@link #SIZE} sequence numbers of one boot of one node were published. 2 KiB. */
final class SeqWindow {
    /** How far back from the highest number it remembers. */
    static final int SIZE = 16_384;

    private final long[] bits = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /** Whether {@code seq} is known as published; false for a number that is too old to know. */
    boolean contains(long seq) {
        return seq <= highest && highest - seq < SIZE && (bits[word(seq)] >>> seq & 1) != 0;
    }

    /** Remembers {@code seq}, 0 or more, and forgets what falls out of the window. A number too old is ignored. */
    void add(long seq) {
        if (seq > highest) {
            if (seq - highest >= SIZE) {
                Arrays.fill(bits, 0);
            } else {
                for (long cleared = highest + 1; cleared < seq; cleared++) {
                    bits[word(cleared)] &= ~(1L << cleared);
                }
            }
            highest = seq;
        } else if (highest - seq >= SIZE) {
            return;
        }
        bits[word(seq)] |= 1L << seq;
    }

    private static int word(long seq) {
        return (int) (seq % SIZE) / Long.SIZE;
    }
}
