package io.thicket.routing.engine;

import io.thicket.routing.SettleStatus;
import org.jspecify.annotations.Nullable;

/** Messages for this node. */
final class ReceivedMessages extends DedupWindows {
    /** Remembered per origin. */
    static final int PER_ORIGIN = 4_096;

    private static final SettleStatus[] STATUSES = SettleStatus.values();

    /** How it was settled: one more than the place among the values, 0 until then. */
    private static final int SETTLED = 0;

    /** When its origin made it, with {@link #BEFORE_MS} added: the lower and the upper half, which is 0 nearly always and takes no memory then. */
    private static final int MADE_LOWER = 1;

    private static final int MADE_UPPER = 2;

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
        messages.setExtra(message, MADE_UPPER, (int) (sinceMs >>> Integer.SIZE));
        messages.setExtra(message, MADE_LOWER, (int) sinceMs);
    }

    /** See {@link #delivered}; 0 before. */
    long madeAtMs(int message) {
        if (!isDelivered(message)) {
            return 0;
        }
        long sinceMs = (long) messages.extra(message, MADE_UPPER) << Integer.SIZE
                | Integer.toUnsignedLong(messages.extra(message, MADE_LOWER));
        return sinceMs - BEFORE_MS;
    }

    /** How it was settled, null until then. */
    @Nullable
    SettleStatus settled(int message) {
        int settled = messages.extra(message, SETTLED);
        return settled == 0 ? null : STATUSES[settled - 1];
    }

    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    void settle(int message, SettleStatus status) {
        messages.setExtra(message, SETTLED, status.ordinal() + 1);
    }
}
