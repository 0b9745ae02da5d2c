package io.thicket.routing.engine;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedRows;

/**
 * Which messages of which origin passed here, with what the decision about a copy needs (2.7). Bounded per origin and
 * in origins; the oldest is forgotten first, and a forgotten message counts as new: rather twice than never.
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

    /** The row of a window: how many messages it has, above the youngest of them, which names the oldest as the younger one. */
    private static final int MESSAGES = 0;

    private static final int CELLS = 1;

    /** By origin and epoch, the one unused longest first: one origin in one of its boots, with its messages in a ring. */
    private final LinkedRows windows;

    final MessageRows messages;
    private final int perOrigin;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    DedupWindows(int perOrigin, long seed) {
        this.perOrigin = perOrigin;
        this.windows = new LinkedRows(seed, CELLS);
        this.messages = new MessageRows(seed);
    }

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
    final int remember(MessageId id) {
        return remember(id.origin(), id.epoch(), id.number());
    }

    final int remember(NodeId origin, long epoch, long number) {
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
        return (int) (windows.cell(window, MESSAGES) >>> Integer.SIZE);
    }

    private int youngest(int window) {
        return (int) windows.cell(window, MESSAGES);
    }

    private void set(int window, int size, int youngest) {
        windows.setCell(window, MESSAGES, (long) size << Integer.SIZE | youngest);
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
