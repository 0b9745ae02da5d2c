package io.thicket.routing.security;

/**
 * Which counters of one boot were seen: the newest 64, everything older counts as seen. Counters are unsigned 32-bit numbers. A part of
 * each {@link Session}, of which a node has one for each neighbour.
 */
class ReplayWindow {
    static final int SIZE = 64;

    /** The newest counter seen, if any was. */
    private int newest;

    /** Bit i: newest - i was seen, or counts as seen; 0 before the first. */
    private long seen;

    final boolean isFresh(int counter) {
        long age = age(counter);
        return seen == 0 || age < 0 || age < SIZE && (seen >>> age & 1) == 0;
    }

    /** Remembers a fresh counter, after its frame proved genuine. */
    final void mark(int counter) {
        long age = age(counter);
        if (seen != 0 && age >= 0) {
            seen |= 1L << age;
            return;
        }
        seen = seen == 0 || -age >= SIZE ? 1 : seen << -age | 1;
        newest = counter;
    }

    private long age(int counter) {
        return Integer.toUnsignedLong(newest) - Integer.toUnsignedLong(counter);
    }

    /** Nothing at or below is fresh any more. */
    final void floor(int counter) {
        long age = age(counter);
        if (seen == 0 || age < 0) {
            newest = counter;
            seen = -1;
        } else if (age < SIZE) {
            seen |= -1L << age;
        }
    }
}
