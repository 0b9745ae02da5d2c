package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waiting messages of one target, served round-robin over their origins (2.7): one origin that sends much delays its own
 * messages, not those of the others. The number of origins is bounded by that of the messages, which the queue bounds.
 */
final class FairLane {
    private static final class Line {
        final NodeId origin;
        final ArrayDeque<Held> messages = new ArrayDeque<>();

        Line(NodeId origin) {
            this.origin = origin;
        }
    }

    /** In the order of their turns; none is empty. */
    private final ArrayDeque<Line> lines = new ArrayDeque<>();

    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void addLast(Held message) {
        Line line = find(message.origin());
        if (line == null) {
            line = new Line(message.origin());
            lines.addLast(line);
        }
        line.messages.addLast(message);
        size++;
    }

    /** Puts back what {@link #pollFirst} took: it is the next one again. */
    void addFirst(Held message) {
        Line line = find(message.origin());
        if (line == null) {
            line = new Line(message.origin());
        } else {
            lines.remove(line);
        }
        line.messages.addFirst(message);
        lines.addFirst(line);
        size++;
    }

    @Nullable
    Held peekFirst() {
        Line line = lines.peekFirst();
        return line == null ? null : line.messages.peekFirst();
    }

    @Nullable
    Held pollFirst() {
        Line line = lines.pollFirst();
        if (line == null) {
            return null;
        }
        Held first = line.messages.pollFirst();
        size--;
        if (!line.messages.isEmpty()) {
            lines.addLast(line);
        }
        return first;
    }

    /** Looks at each, in no order that matters. */
    void forEach(Consumer<Held> action) {
        for (Line line : lines) {
            line.messages.forEach(action);
        }
    }

    /** Takes out those whose time is over. */
    void removeExpired(long nowMs, List<Held> into) {
        removeIf(message -> message.expiresAtMs - nowMs <= 0, into);
    }

    /** Takes out those that {@code condition} holds for. */
    void removeIf(Predicate<Held> condition, List<Held> into) {
        for (Line line : new ArrayList<>(lines)) {
            Iterator<Held> all = line.messages.iterator();
            while (all.hasNext()) {
                Held message = all.next();
                if (condition.test(message)) {
                    all.remove();
                    size--;
                    into.add(message);
                }
            }
            if (line.messages.isEmpty()) {
                lines.remove(line);
            }
        }
    }

    private @Nullable Line find(NodeId origin) {
        for (Line line : lines) {
            if (line.origin.equals(origin)) {
                return line;
            }
        }
        return null;
    }
}
