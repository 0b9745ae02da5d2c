package io.thicket.routing.engine;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedRows;

/**
 * Which messages of which origin passed here, with what the decision about a copy needs (2.7). Bounded per origin and
 * in origins, and where {@link #rememberFor} says so in time; the oldest is forgotten first, and a forgotten message counts as new: rather
 * twice than never.
 *
 * <p>A message is named by its row, which is valid until another one is remembered: that may take its place.
 */
abstract sealed class DedupWindows permits RelayedMessages, ReceivedMessages {
    /** Stands for no message. */
    static final int UNKNOWN = MessageRows.NONE;

    /** Origins (with their epoch) remembered. */
    static final int MAX_ORIGINS = MessageRows.MAX_WINDOWS;

    /** Messages remembered in all: at some 30 bytes each, 500 KB of a daemon's 16 MB heap if strangers fill it. */
    static final int MAX_MESSAGES = 16_384;

    /**
     * The row of a window, from the low end: the youngest of its messages, which names the oldest as the younger one; how many there are; how
     * many of these are of the period before the present one; and when that began, in some four seconds.
     */
    private static final int MESSAGES = 0;

    private static final int CELLS = 2;
    private static final int YOUNGEST = 0xffff;
    private static final int SIZE_SHIFT = 16;
    private static final int FORMER_SHIFT = 29;
    private static final int COUNT = (1 << FORMER_SHIFT - SIZE_SHIFT) - 1;
    private static final int SINCE_SHIFT = 42;
    private static final int SINCE = (1 << Long.SIZE - SINCE_SHIFT) - 1;
    private static final int UNIT_BITS = 12;

    /** By origin and epoch, the one unused longest first: one origin in one of its boots, with its messages in a ring. */
    private final LinkedRows windows;

    final MessageRows messages;
    private final int perOrigin;

    /** Length of a window's periods in units of 2^{@link #UNIT_BITS} ms, 0 for no end. */
    private int period;

    /** At most 4096 messages of each origin. {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    DedupWindows(int perOrigin, long seed) {
        this.perOrigin = perOrigin;
        this.windows = new LinkedRows(seed, CELLS);
        this.messages = new MessageRows(seed);
    }

    /**
     * From now on a message is forgotten when its origin sends another one, not sooner than so long after it was remembered, and at twice
     * the time, or else only for want of room.
     */
    final void rememberFor(long ms) {
        period = (int) Math.min(SINCE / 2, (ms >> UNIT_BITS) + 1);
    }

    /** Whether it is more than a memory of the past, so that time does not make it be forgotten. */
    abstract boolean isInUse(int message);

    /** The row of {@code id}, {@link #UNKNOWN} if nothing is known about it. */
    final int find(MessageId id) {
        return find(id.origin(), id.epoch(), id.number());
    }

    final int find(NodeId origin, long epoch, long number) {
        int window = windows.find(origin.value(), epoch);
        if (window == LinkedRows.NONE) {
            return UNKNOWN;
        }
        windows.touch(window);
        return messages.find(window, (int) number);
    }

    /** The row of {@code id}, made new if nothing is known about it. */
    final int remember(long nowMs, MessageId id) {
        return remember(nowMs, id.origin(), id.epoch(), id.number());
    }

    final int remember(long nowMs, NodeId origin, long epoch, long number) {
        int window = window(origin, epoch);
        int known = messages.find(window, (int) number);
        if (known != UNKNOWN) {
            return known;
        }
        if (period > 0) {
            forgetFormer((int) (nowMs >> UNIT_BITS) & SINCE, window);
        }
        if (size(window) >= perOrigin) {
            forgetOldest(window);
        }
        while (messages.size() >= MAX_MESSAGES && windows.size() > 1) {
            forgetEldestOrigin();
        }
        int made = messages.add(window, (int) number);
        int size = size(window);
        if (size == 0) {
            messages.setYounger(made, made);
        } else {
            int youngest = youngest(window);
            messages.setYounger(made, messages.younger(youngest));
            messages.setYounger(youngest, made);
        }
        set(window, size + 1, former(window), since(window), made);
        return made;
    }

    /** The highest turn in which a message was taken; -1 after custody of it ended without a taker. */
    final int turn(int message) {
        return messages.turn(message);
    }

    final void setTurn(int message, int turn) {
        messages.setTurn(message, turn);
    }

    final int size() {
        return messages.size();
    }

    private int window(NodeId origin, long epoch) {
        int known = windows.find(origin.value(), epoch);
        if (known != LinkedRows.NONE) {
            windows.touch(known);
            return known;
        }
        if (windows.size() >= MAX_ORIGINS) {
            forgetEldestOrigin();
        }
        return windows.add(origin.value(), epoch);
    }

    private int size(int window) {
        return (int) (windows.wideCell(window, MESSAGES) >>> SIZE_SHIFT) & COUNT;
    }

    private int former(int window) {
        return (int) (windows.wideCell(window, MESSAGES) >>> FORMER_SHIFT) & COUNT;
    }

    private int since(int window) {
        return (int) (windows.wideCell(window, MESSAGES) >>> SINCE_SHIFT);
    }

    private int youngest(int window) {
        return (int) windows.wideCell(window, MESSAGES) & YOUNGEST;
    }

    private void set(int window, int size, int former, int since, int youngest) {
        windows.setWideCell(
                window,
                MESSAGES,
                (long) since << SINCE_SHIFT | (long) former << FORMER_SHIFT | (long) size << SIZE_SHIFT | youngest);
    }

    /** If the present period is over, those of the one before are forgotten, and another one begins. */
    private void forgetFormer(int now, int window) {
        if (size(window) > 0 && (now - since(window) & SINCE) < period) {
            return;
        }
        while (former(window) > 0) {
            if (isInUse(messages.younger(youngest(window)))) {
                return; // and what is younger stays, too, until that is over
            }
            forgetOldest(window);
        }
        set(window, size(window), size(window), now, youngest(window));
    }

    private void forgetEldestOrigin() {
        int eldest = windows.oldest();
        while (size(eldest) > 0) {
            forgetOldest(eldest);
        }
        windows.remove(eldest);
    }

    private void forgetOldest(int window) {
        int youngest = youngest(window);
        int oldest = messages.younger(youngest);
        messages.setYounger(youngest, messages.younger(oldest));
        messages.remove(oldest);
        set(window, size(window) - 1, Math.max(0, former(window) - 1), since(window), youngest);
    }
}
