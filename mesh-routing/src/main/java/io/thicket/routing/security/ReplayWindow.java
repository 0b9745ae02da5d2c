package io.thicket.routing.security;

/** Which counters of one boot were seen: the newest 64, everything older counts as seen. */
final class ReplayWindow {
    static final int SIZE = 64;

    /** The newest counter seen; -1 before the first. */
    private long newest = -1;

    /** Bit i: newest - i was seen. */
    private long seen;

    /** Nothing at or below is fresh any more. */
    private long floor = -1;

    boolean isFresh(int counter) {
        long number = Integer.toUnsignedLong(counter);
        if (number <= floor) {
            return false;
        }
        long age = newest - number;
        return age < 0 || age < SIZE && (seen >>> age & 1) == 0;
    }

    /** Remembers a fresh counter, after its frame proved genuine. */
    void mark(int counter) {
        long number = Integer.toUnsignedLong(counter);
        long ahead = number - newest;
        if (ahead > 0) {
            seen = ahead >= SIZE ? 1 : seen << ahead | 1;
            newest = number;
        } else {
            seen |= 1L << -ahead;
        }
    }

    void floor(int counter) {
        floor = Math.max(floor, Integer.toUnsignedLong(counter));
    }
}
