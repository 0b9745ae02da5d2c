package io.thicket.sim.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a run as lines of text: time in seconds, node, what happened. The same seed gives the same bytes in
 * every JVM. Keeps the newest lines for a failure's message and the hash of all.
 */
public final class Trace {
    /** Lines kept for {@link #tail}. */
    public static final int TAIL_LINES = 200;

    private final TraceHash hash = new TraceHash();
    private final Deque<String> tail = new ArrayDeque<>();
    private @Nullable Consumer<String> sink;
    private long lines;

    /** Hands every further line to {@code sink} as well. */
    public void copyTo(Consumer<String> sink) {
        this.sink = sink;
    }

    /**
     * Notes one event. {@code what} must be made of numbers, names and bytes only: nothing that depends on identity hash
     * codes, locale or the order of a hash table.
     */
    public void add(long nowUs, int node, String what) {
        String line =
                (nowUs / 1_000_000) + "." + padded(nowUs % 1_000_000) + (node < 0 ? " - " : " n" + node + " ") + what;
        hash.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        lines++;
        if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
        }
        tail.addLast(line);
        if (sink != null) {
            sink.accept(line);
        }
    }

    public long lines() {
        return lines;
    }

    /** SHA-256 of all lines so far, in hexadecimal. */
    public String hash() {
        return hash.value();
    }

    /** The newest lines, oldest first. */
    public List<String> tail() {
        return List.copyOf(tail);
    }

    private static String padded(long us) {
        String digits = Long.toString(us + 1_000_000);
        return digits.substring(1);
    }
}
