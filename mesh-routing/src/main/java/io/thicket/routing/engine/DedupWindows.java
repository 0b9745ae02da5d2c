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

    /** The row of a window: the youngest of its messages, which names the oldest as the younger one, below their number. */
    private static final int MESSAGES = 0;

    private static final int CELLS = 1;
    private static final int YOUNGEST = 0xffff;
    private static final int SIZE_SHIFT = 16;

    /** The times of ticks are in units of 2^10 ms, compared by subtraction. */
    private static final int UNIT_BITS = 10;

    /** By origin and epoch, the one unused longest first: one origin in one of its boots, with its messages in a ring. */
    private final LinkedRows windows;

    final MessageRows messages;
    private final short perOrigin;

    /** The present tick, in which what is remembered now is. */
    private byte tick;

    /** When the next one begins. */
    private int nextTick;

    /** 0 for no end. */
    private int tickLength;

    /** At most 4096 messages of each origin. {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    DedupWindows(int perOrigin, long seed) {
        this.perOrigin = (short) perOrigin;
        this.windows = new LinkedRows(seed, CELLS);
        this.messages = new MessageRows(seed);
    }

    /**
     * From now on a message is forgotten when another one is remembered, not sooner than {@code ms} after it was itself, and when a tenth more
     * has passed, or else only for want of room.
     */
    final void rememberFor(long nowMs, long ms) {
        int length = (int) ((ms >> UNIT_BITS) / (MessageRows.TICKS - 1)) + 1;
        if (length != tickLength) {
            tickLength = length;
            nextTick = (int) (nowMs >> UNIT_BITS) + length;
        }
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
        int late = (int) (nowMs >> UNIT_BITS) - nextTick;
        if (late >= 0 && tickLength > 0) {
            tick(1 + late / tickLength);
        }
        int window = window(origin, epoch);
        int known = messages.find(window, (int) number);
        if (known != UNKNOWN) {
            return known;
        }
        if (size(window) >= perOrigin) {
            forgetOldest(window);
        }
        while (messages.size() >= MAX_MESSAGES && windows.size() > 1) {
            forgetEldestOrigin();
        }
        int made = messages.add(window, (int) number);
        messages.setTick(made, tick);
        int size = size(window);
        if (size == 0) {
            messages.setYounger(made, made);
        } else {
            int youngest = youngest(window);
            messages.setYounger(made, messages.younger(youngest));
            messages.setYounger(youngest, made);
        }
        set(window, size + 1, made);
        return made;
    }

    /** The highest turn in which a message was taken; -1 after custody of it ended without a taker. */
    final int turn(int message) {
        return messages.turn(message);
    }

    final void setTurn(int message, int turn) {
        messages.setTurn(message, turn);
    }

    /** It is remembered from now on, as the youngest of its origin. After {@link #remember}, in the same call. */
    final void renew(int message) {
        int window = messages.window(message);
        int youngest = youngest(window);
        if (message != youngest) {
            int older = youngest;
            while (messages.younger(older) != message) {
                older = messages.younger(older);
            }
            messages.setYounger(older, messages.younger(message));
            messages.setYounger(message, messages.younger(youngest));
            messages.setYounger(youngest, message);
            set(window, size(window), message);
        }
        messages.setTick(message, tick);
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
        return windows.cell(window, MESSAGES) >>> SIZE_SHIFT;
    }

    private int youngest(int window) {
        return windows.cell(window, MESSAGES) & YOUNGEST;
    }

    private void set(int window, int size, int youngest) {
        windows.setCell(window, MESSAGES, size << SIZE_SHIFT | youngest);
    }

    /** So many ticks after the last one the past is forgotten: what is left is always so young that no other tick has the number of its own. */
    private void tick(int passed) {
        nextTick += passed * tickLength;
        tick += (byte) passed;
        int following;
        for (int window = windows.oldest(); window != LinkedRows.NONE; window = following) {
            following = windows.younger(window);
            forgetPast(window, passed);
            if (size(window) == 0) {
                windows.remove(window);
            }
        }
    }

    /** What is in use begins its life anew. */
    private void forgetPast(int window, int passed) {
        for (int left = size(window); left > 0; left--) {
            int oldest = messages.younger(youngest(window));
            int formerAge = tick - passed - messages.tick(oldest) & MessageRows.TICKS - 1;
            if (formerAge + passed < MessageRows.TICKS) {
                return;
            }
            if (isInUse(oldest)) {
                messages.setTick(oldest, tick);
                set(window, size(window), oldest); // the youngest now
            } else {
                forgetOldest(window);
            }
        }
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
        set(window, size(window) - 1, youngest);
    }
}
