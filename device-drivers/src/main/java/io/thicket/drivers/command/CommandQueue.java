package io.thicket.drivers.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Orders that wait for their turn, first come first served. Bounded; what waits too long is given up, never sent late. */
public final class CommandQueue {
    /** Most orders that wait for one device. */
    public static final int MAX_WAITING = 4;

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(CommandOrder order, long sinceMs) {
        boolean isLate(long nowMs) {
            return nowMs - sinceMs >= order.withinMs();
        }
    }

    /** Takes the order, or tells it that it is one too many. */
    public void add(long nowMs, CommandOrder order) {
        if (waiting.size() >= MAX_WAITING) {
            order.done()
                    .accept(CommandOutcome.of(
                            CommandOutcome.Kind.BUSY, MAX_WAITING + " commands wait for this device already"));
        } else {
            waiting.addLast(new Waiting(order, nowMs));
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next one; null if none waits. */
    public @Nullable CommandOrder take() {
        Waiting next = waiting.pollFirst();
        return next == null ? null : next.order();
    }

    /** Gives up what waits too long. */
    public void expire(long nowMs, String why) {
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting each = all.next();
            if (each.isLate(nowMs)) {
                all.remove();
                each.order().done().accept(CommandOutcome.of(CommandOutcome.Kind.NOT_SENT, why));
            }
        }
    }

    /** Gives up everything. */
    public void drop(String why) {
        for (CommandOrder order = take(); order != null; order = take()) {
            order.done().accept(CommandOutcome.of(CommandOutcome.Kind.NOT_SENT, why));
        }
    }
}
