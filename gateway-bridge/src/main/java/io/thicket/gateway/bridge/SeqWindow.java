package io.thicket.gateway.bridge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which of the newest {@link #SIZE} sequence numbers of one boot of one node were published; chained with those of a few other boots. As large
 * as the numbers are apart that it was given, 2 KiB at most: of most boots a gateway sees a few hundred. It keeps one for every node of its mesh, and the
 * first {@link Long#SIZE} numbers need no array.
 */
final class SeqWindow {
    /** How far back from the highest number it remembers. */
    static final int SIZE = 16_384;

    private final long epoch;

    /** Of the next lower epoch, null for the lowest. */
    private @Nullable SeqWindow lower;

    /** The ring of a window of one word: the bit of a number is at the number modulo its size, a power of two. */
    private long word;

    /** The same of a larger one. */
    private long @Nullable [] words;

    private long highest;

    /** So far below the highest anything was ever added that did not fall out of the window: less than {@link #SIZE}. */
    private char reach;

    private SeqWindow(long epoch, @Nullable SeqWindow lower, long seq) {
        this.epoch = epoch;
        this.lower = lower;
        this.highest = seq;
        set(seq);
    }

    /** Whether {@code seq} of that epoch is in the chain that begins with {@code first}; false for a number that is too old to know. */
    static boolean contains(@Nullable SeqWindow first, long epoch, long seq) {
        SeqWindow window = atOrBelow(first, epoch);
        return window != null && window.epoch == epoch && window.contains(seq);
    }

    /**
     * Adds {@code seq}, 0 or more, of that epoch to the chain that begins with {@code first}, which is that of the highest epoch. Beyond {@code max} windows
     * the lowest epoch gives way. Returns the first one now, null if {@code max} is 0.
     */
    static @Nullable SeqWindow add(@Nullable SeqWindow first, long epoch, long seq, int max) {
        if (max == 0) {
            return null;
        }
        if (first == null || first.epoch < epoch) {
            SeqWindow made = new SeqWindow(epoch, first, seq);
            made.keep(max);
            return made;
        }
        if (first.epoch == epoch) {
            first.add(seq);
        } else {
            first.lower = add(first.lower, epoch, seq, max - 1);
        }
        return first;
    }

    /** The first of the chain that is of no higher epoch. */
    private static @Nullable SeqWindow atOrBelow(@Nullable SeqWindow first, long epoch) {
        SeqWindow window = first;
        while (window != null && window.epoch > epoch) {
            window = window.lower;
        }
        return window;
    }

    /** The chain that begins here has no more than that. */
    private void keep(int max) {
        SeqWindow last = this;
        for (int more = 1; more < max && last.lower != null; more++) {
            last = last.lower;
        }
        last.lower = null;
    }

    private boolean contains(long seq) {
        return seq <= highest && highest - seq <= reach && (wordOf(seq) >>> seq & 1) != 0;
    }

    /** Remembers {@code seq} and forgets what falls out of the window. A number too old is ignored. */
    private void add(long seq) {
        if (seq > highest) {
            advance(seq);
        } else if (highest - seq >= SIZE) {
            return;
        } else if (highest - seq > reach) {
            reachBack((int) (highest - seq));
        }
        set(seq);
    }

    private void advance(long seq) {
        if (seq - highest >= SIZE) {
            clear();
            highest = seq;
            reach = 0;
            return;
        }
        // From the lowest to the new highest number each has a bit of its own, unless the window is as large as it may
        // be.
        reachBack((int) Math.min(reach + (seq - highest), SIZE - 1));
        for (long cleared = highest + 1; cleared < seq; cleared++) { // that of seq itself is set
            clear(cleared);
        }
        highest = seq;
    }

    /** Makes the ring so large that numbers so far apart have bits of their own. */
    private void reachBack(int apart) {
        int former = words == null ? 1 : words.length;
        int count = former;
        while (count * Long.SIZE <= apart) {
            count *= 2;
        }
        if (count > former) {
            grow(count);
        }
        reach = (char) apart;
    }

    private void grow(int count) {
        long[] former = words == null ? new long[] {word} : words;
        words = new long[count];
        for (int back = reach; back >= 0; back--) {
            long seq = highest - back;
            if ((former[place(seq, former)] >>> seq & 1) != 0) {
                set(seq);
            }
        }
    }

    private static int place(long seq, long[] words) {
        return (int) (seq / Long.SIZE % words.length);
    }

    private long wordOf(long seq) {
        return words == null ? word : words[place(seq, words)];
    }

    private void set(long seq) {
        if (words == null) {
            word |= 1L << seq;
        } else {
            words[place(seq, words)] |= 1L << seq;
        }
    }

    private void clear(long seq) {
        if (words == null) {
            word &= ~(1L << seq);
        } else {
            words[place(seq, words)] &= ~(1L << seq);
        }
    }

    private void clear() {
        word = 0;
        if (words != null) {
            Arrays.fill(words, 0);
        }
    }
}
