package io.thicket.routing;

/**
 * A destination's sequence number: lexicographic, never wraps. {@code epoch} grows by one with every boot and is stored
 * before the first transmission; {@code count} starts at 0 in each epoch. Only the destination itself changes its own.
 */
public record Seq(long epoch, long count) implements Comparable<Seq> {
    public Seq {
        if (epoch < 0 || count < 0) {
            throw new IllegalArgumentException("negative sequence number " + epoch + "." + count);
        }
    }

    /** The next number of the same epoch. */
    public Seq next() {
        return new Seq(epoch, count + 1);
    }

    public boolean isNewerThan(Seq other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Seq other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(count, other.count);
    }

    @Override
    public String toString() {
        return epoch + "." + count;
    }
}
