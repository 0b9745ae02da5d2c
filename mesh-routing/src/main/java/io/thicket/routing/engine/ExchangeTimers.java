package io.thicket.routing.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Open exchanges by their deadlines: a binary heap that knows where each one is, so that an answered one leaves at once. */
final class ExchangeTimers {
    /** Nearly always there is one, or none. */
    private static final int FIRST_CAPACITY = 2;

    private @Nullable Exchange[] heap = new @Nullable Exchange[FIRST_CAPACITY];
    private int size;

    /** The first one due, null if there is none. */
    @Nullable
    Exchange peek() {
        return heap[0];
    }

    void add(Exchange exchange) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(exchange, size++);
    }

    /** Takes out an exchange if it is in here. */
    void remove(Exchange exchange) {
        int at = exchange.timerAt;
        if (at < 0) {
            return;
        }
        exchange.timerAt = -1;
        size--;
        Exchange last = at(size);
        heap[size] = null;
        if (last != exchange) {
            down(last, at);
            if (last.timerAt == at) {
                up(last, at);
            }
        }
    }

    private void up(Exchange exchange, int from) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            Exchange above = at(parent);
            if (!isBefore(exchange, above)) {
                break;
            }
            put(above, at);
            at = parent;
        }
        put(exchange, at);
    }

    private void down(Exchange exchange, int from) {
        int at = from;
        int child = 2 * at + 1;
        while (child < size) {
            if (child + 1 < size && isBefore(at(child + 1), at(child))) {
                child++;
            }
            Exchange below = at(child);
            if (!isBefore(below, exchange)) {
                break;
            }
            put(below, at);
            at = child;
            child = 2 * at + 1;
        }
        put(exchange, at);
    }

    private void put(Exchange exchange, int at) {
        heap[at] = exchange;
        exchange.timerAt = at;
    }

    private Exchange at(int index) {
        Exchange exchange = heap[index];
        if (exchange == null) {
            throw new AssertionError("no exchange at " + index);
        }
        return exchange;
    }

    private static boolean isBefore(Exchange one, Exchange other) {
        return one.deadlineMs != other.deadlineMs ? one.deadlineMs < other.deadlineMs : one.order < other.order;
    }
}
