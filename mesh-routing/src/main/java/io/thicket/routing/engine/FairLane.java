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
        NodeId origin = Held.ANY_GATEWAY;
        final ArrayDeque<Held> messages = new ArrayDeque<>(0);
    }

    /** In the order of their turns; none is empty. Few, and looked through for every message. */
    private final List<Line> lines = new ArrayList<>();

    /** Empty ones, to be used again: never more than waited at a time. */
    private final ArrayDeque<Line> spare = new ArrayDeque<>(0);

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
            line = line(message.origin());
            lines.add(line);
        }
        line.messages.addLast(message);
        size++;
    }

    /** Puts back what {@link #pollFirst} took: it is the next one again. */
    void addFirst(Held message) {
        Line line = find(message.origin());
        if (line == null) {
            line = line(message.origin());
        } else {
            lines.remove(line);
        }
        line.messages.addFirst(message);
        lines.add(0, line);
        size++;
    }

    @Nullable
    Held peekFirst() {
        return lines.isEmpty() ? null : lines.get(0).messages.peekFirst();
    }

    @Nullable
    Held pollFirst() {
        if (lines.isEmpty()) {
            return null;
        }
        Line line = lines.remove(0);
        Held first = line.messages.pollFirst();
        size--;
        if (line.messages.isEmpty()) {
            spare.addLast(line);
        } else {
            lines.add(line);
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
                spare.addLast(line);
            }
        }
    }

    private Line line(NodeId origin) {
        Line unused = spare.pollLast();
        Line line = unused == null ? new Line() : unused;
        line.origin = origin;
        return line;
    }

    private @Nullable Line find(NodeId origin) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).origin.equals(origin)) {
                return lines.get(i);
            }
        }
        return null;
    }
}
