package io.thicket.routing.engine;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.Distance;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of which origin passed here, with what the decision about a copy needs (2.7). Bounded per origin and
 * in origins; the oldest is forgotten first, and a forgotten message counts as new: rather twice than never.
 */
final class DedupWindows {
    /** Messages remembered per origin that this node only relays. */
    static final int RELAYED_PER_ORIGIN = 128;

    /** Messages remembered per origin that this node receives. */
    static final int RECEIVED_PER_ORIGIN = 4_096;

    /** Origins (with their epoch) remembered. */
    static final int MAX_ORIGINS = 1_024;

    /** Messages remembered in all: at some 150 bytes each, 2.5 MB of a daemon's 16 MB heap if strangers fill it. */
    static final int MAX_MESSAGES = 16_384;

    /** One origin in one of its boots. */
    private record Boot(NodeId origin, long epoch) {}

    /** What is known about one message. */
    static final class Seen {
        /** The highest turn in which it was taken. */
        int turn;

        /** Still in custody here. */
        boolean held;

        /** The feasibility distance that it was handed on with. */
        @Nullable
        Distance handedOn;

        /** Delivered to this node's user. */
        boolean delivered;

        /** When its origin made it, as far as the hops could tell; set on delivery. */
        long madeAtMs;

        /** How it was settled, null until then. */
        @Nullable
        SettleStatus settled;
    }

    private final LinkedHashMap<Boot, LinkedHashMap<Long, Seen>> windows = new LinkedHashMap<>(16, 0.75f, true);
    private final int perOrigin;
    private int messages;

    DedupWindows(int perOrigin) {
        this.perOrigin = perOrigin;
    }

    @Nullable
    Seen find(MessageId id) {
        LinkedHashMap<Long, Seen> window = windows.get(new Boot(id.origin(), id.epoch()));
        return window == null ? null : window.get(id.number());
    }

    /** What is known about {@code id}, made new if nothing is. */
    Seen remember(MessageId id) {
        Boot boot = new Boot(id.origin(), id.epoch());
        LinkedHashMap<Long, Seen> window = windows.get(boot);
        if (window == null) {
            if (windows.size() >= MAX_ORIGINS) {
                forgetEldestOrigin();
            }
            window = new LinkedHashMap<>();
            windows.put(boot, window);
        }
        Seen seen = window.get(id.number());
        if (seen == null) {
            if (window.size() >= perOrigin) {
                Iterator<Long> eldest = window.keySet().iterator();
                eldest.next();
                eldest.remove();
                messages--;
            }
            seen = new Seen();
            window.put(id.number(), seen);
            messages++;
            while (messages > MAX_MESSAGES && windows.size() > 1) {
                forgetEldestOrigin();
            }
        }
        return seen;
    }

    /**
     * 2.7: a copy is a duplicate iff the message is still held, or its turn is lower, or its turn is equal and the
     * sender's feasibility distance is not strictly better than the one it was handed on with.
     */
    static boolean isDuplicate(Seen seen, int turn, @Nullable Distance sender) {
        if (seen.held || turn < seen.turn) {
            return true;
        }
        Distance handedOn = seen.handedOn;
        return turn == seen.turn && (sender == null || handedOn == null || !sender.isBetterThan(handedOn));
    }

    int size() {
        return messages;
    }

    private void forgetEldestOrigin() {
        Iterator<Map.Entry<Boot, LinkedHashMap<Long, Seen>>> eldest =
                windows.entrySet().iterator();
        messages -= eldest.next().getValue().size();
        eldest.remove();
    }
}
