package io.thicket.gateway.bridge;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A set of sequence numbers of one boot as ranges. Bounded: beyond {@link #MAX_RANGES} the lowest range is forgotten. */
final class SeqRanges {
    /** Gaps are readings that were lost or are on their way; more than so many are not told apart. */
    static final int MAX_RANGES = 64;

    /** First number to last number of each range; ranges neither overlap nor touch. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    boolean contains(long seq) {
        Map.Entry<Long, Long> range = ranges.floorEntry(seq);
        return range != null && seq <= range.getValue();
    }

    /** Whether every number from {@code first} to {@code last} is in the set. */
    boolean containsAll(long first, long last) {
        Map.Entry<Long, Long> range = ranges.floorEntry(first);
        return range != null && last <= range.getValue();
    }

    /** Adds the numbers {@code first} to {@code last}; both 0 or more. Returns false if all were there. */
    boolean add(long first, long last) {
        if (first > last || containsAll(first, last)) {
            return false;
        }
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
        while (next != null && next.getKey() - 1 <= to) {
            to = Math.max(to, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(from);
        }
        ranges.put(from, to);
        if (ranges.size() > MAX_RANGES) {
            ranges.pollFirstEntry();
        }
        return true;
    }

    /** Whether this set has a number that {@code other} has not. */
    boolean exceeds(SeqRanges other) {
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (!other.containsAll(range.getKey(), range.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Gives each range: its first and its last number. */
    void forEach(BiConsumer<Long, Long> visitor) {
        ranges.forEach(visitor);
    }

    /** {@code 1-4711,4713}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            text.append(text.length() == 0 ? "" : ",").append(range.getKey());
            if (!range.getKey().equals(range.getValue())) {
                text.append('-').append(range.getValue());
            }
        }
        return text.toString();
    }
}
