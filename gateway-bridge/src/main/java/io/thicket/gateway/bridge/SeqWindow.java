package io.thicket.gateway.bridge;

import java.util.Arrays;

/**
 * Remembers which of the newest {@link #SIZE} sequence numbers of one boot of one node were published. As large as the
 * numbers are apart that it was given, 2 KiB at most: of most boots a gateway sees a few hundred.
 */
final class SeqWindow {
    /** How far back from the highest number it remembers. */
    static final int SIZE = 16_384;

    /** A ring: the bit of a number is at the number modulo its size, a power of two. */
    private long[] bits = new long[1];

    private long highest = -1;

    /** Nothing below was ever added, or it fell out of the window; of no meaning before the first number. */
    private long lowest;

    /** Whether {@code seq} is known as published; false for a number that is too old to know. */
    boolean contains(long seq) {
        return seq <= highest && seq >= lowest && highest - seq < SIZE && (bits[word(seq)] >>> seq & 1) != 0;
    }

    /** Remembers {@code seq}, 0 or more, and forgets what falls out of the window. A number too old is ignored. */
    void add(long seq) {
        if (highest < 0) {
            highest = seq;
            lowest = seq;
        } else if (seq > highest) {
            advance(seq);
        } else if (highest - seq >= SIZE) {
            return;
        } else if (seq < lowest) {
            reach(highest - seq);
            lowest = seq;
        }
        bits[word(seq)] |= 1L << seq;
    }

    private void advance(long seq) {
        if (seq - highest >= SIZE) {
            Arrays.fill(bits, 0);
            highest = seq;
            lowest = seq;
            return;
        }
        reach(seq - lowest);
        for (long cleared = highest + 1; cleared < seq; cleared++) {
            bits[word(cleared)] &= ~(1L << cleared);
        }
        bits[word(seq)] &= ~(1L << seq);
        highest = seq;
        lowest = Math.max(lowest, seq - SIZE + 1);
    }

    /** Makes the ring so large that numbers so far apart have bits of their own, or as large as it may be. */
    private void reach(long apart) {
        int words = bits.length;
        while (words < SIZE / Long.SIZE && (long) words * Long.SIZE <= apart) {
            words *= 2;
        }
        if (words == bits.length) {
            return;
        }
        long[] former = bits;
        bits = new long[words];
        for (long seq = lowest; seq <= highest; seq++) {
            long isSet = former[(int) (seq / Long.SIZE % former.length)] >>> seq & 1;
            bits[word(seq)] |= isSet << seq;
        }
    }

    private int word(long seq) {
        return (int) (seq / Long.SIZE % bits.length);
    }
}
