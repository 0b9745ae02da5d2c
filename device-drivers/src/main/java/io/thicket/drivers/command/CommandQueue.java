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

    /** Where orders go. */
    public interface Taker {
        /** @param sinceMs when the order was given; its time counts from then on, wherever it waited */
        void take(long sinceMs, CommandOrder order);
    }

    /** Takes the order, which was given at {@code sinceMs}, or tells it that it is one too many. */
    public void add(long sinceMs, CommandOrder order) {
        if (waiting.size() >= MAX_WAITING) {
            order.done()
                    .accept(CommandOutcome.of(
                            CommandOutcome.Kind.BUSY, MAX_WAITING + " commands wait for this device already"));
        } else {
            waiting.addLast(new Waiting(order, sinceMs));
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The one that {@link #take} would take. */
    public @Nullable CommandOrder peek() {
        Waiting next = waiting.peekFirst();
        return next == null ? null : next.order();
    }

    /** The next one; null if none waits. */
    public @Nullable CommandOrder take() {
        Waiting next = waiting.pollFirst();
        return next == null ? null : next.order();
    }

    /** Hands all on to where they wait next. */
    public void handOver(Taker to) {
        for (Waiting next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            to.take(next.sinceMs(), next.order());
        }
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
