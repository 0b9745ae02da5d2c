package io.thicket.routing.engine;

import io.thicket.routing.SettleStatus;
import org.jspecify.annotations.Nullable;

/** Messages for this node. */
final class ReceivedMessages extends DedupWindows {
    /** Remembered per origin. */
    static final int PER_ORIGIN = 4_096;

    private static final SettleStatus[] STATUSES = SettleStatus.values();

    /** The extra of a row: how it was settled, one more than the place among the values and 0 until then. */
    private static final int SETTLED_BITS = 3;

    private static final int SETTLED = (1 << SETTLED_BITS) - 1;

    /** Above that: when its origin made it, with {@link #BEFORE_MS} added. What has more bits than these, none will be in a hundred years. */
    private static final int MADE_BITS = MessageRows.EXTRA_BITS - SETTLED_BITS;

    /** Three weeks: it may have been made before this process began, at a time below 0. */
    private static final long BEFORE_MS = 1L << 31;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    ReceivedMessages(int perOrigin, long seed) {
        super(perOrigin, seed);
    }

    /** All of them: {@link #rememberFor} is for what passed. A message may come again as long as its origin has not heard that it is settled. */
    @Override
    boolean isInUse(int message) {
        return true;
    }

    /** Whether it was delivered to this node's user. */
    boolean isDelivered(int message) {
        return messages.isMarked(message);
    }

    /** Its origin made it at {@code madeAtMs}, as far as the hops could tell. */
    void delivered(int message, int turn, long madeAtMs) {
        messages.mark(message, true);
        messages.setTurn(message, turn);
        long sinceMs = madeAtMs + BEFORE_MS;
        long lower = sinceMs & (1L << MADE_BITS) - 1;
        messages.setExtra(message, lower << SETTLED_BITS | messages.extra(message) & SETTLED, sinceMs >>> MADE_BITS);
    }

    /** See {@link #delivered}; 0 before. */
    long madeAtMs(int message) {
        if (!isDelivered(message)) {
            return 0;
        }
        long sinceMs = messages.more(message) << MADE_BITS | messages.extra(message) >>> SETTLED_BITS;
        return sinceMs - BEFORE_MS;
    }

    /** How it was settled, null until then. */
    @Nullable
    SettleStatus settled(int message) {
        int settled = (int) messages.extra(message) & SETTLED;
        return settled == 0 ? null : STATUSES[settled - 1];
    }

    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    void settle(int message, SettleStatus status) {
        long made = messages.extra(message) & ~(long) SETTLED;
        messages.setExtra(message, made | status.ordinal() + 1, messages.more(message));
    }
}
