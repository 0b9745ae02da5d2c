package io.thicket.sim.sweep;

/**
 * Which part of a sweep a process does: {@code 2/8} is the second of eight.
 *
 * @param index from 1
 */
public record Shard(int index, int count) {
    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    /** Most parts. */
    public static final int MAX_SHARDS = 10_000;

    public Shard {
        if (count < 1 || count > MAX_SHARDS || index < 1 || index > count) {
            throw new IllegalArgumentException(
                    "a shard is i/n such as 1/8, the first of eight, to 8/8; not " + index + "/" + count);
        }
    }

    /** Reads {@code i/n}. */
    public static Shard parse(String text) {
        if (!text.matches("[0-9]{1,6}/[0-9]{1,6}")) {
            throw new IllegalArgumentException("a shard is i/n such as 1/8, the first of eight, not '" + text + "'");
        }
        int slash = text.indexOf('/');
        return new Shard(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether it does number {@code number}, from 0. */
    boolean has(int number) {
        return number % count == index - 1;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
