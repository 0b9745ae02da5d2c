package io.thicket.routing.engine;

import io.thicket.routing.wire.DataFields;

/** Messages that this node takes custody of. */
final class RelayedMessages extends DedupWindows {
    /** Remembered per origin. */
    static final int PER_ORIGIN = 128;

    /**
     * A copy of a message that passed can come again as long as somebody holds it: its sender, whose acknowledgement was lost, or whoever it
     * went to from there. So many may hold it one after the other, each as long as it may: on Wi-Fi four minutes, what CoAP takes for an
     * exchange (EXCHANGE_LIFETIME, RFC 7252 4.8.2).
     */
    static final int HOLDERS = 4;

    // The feasibility distance that a message was handed on with, as three numbers of 32 bits: the metric with one
    // added, 0 for none, and its Seq. The low bits of each are the extra of its row, the upper ones, which are 0 for
    // most, what is more: of gateways that booted more than 255 times, of Seqs beyond 262 143, and of ways of five
    // seconds and more.
    private static final int COUNT_BITS = 18;
    private static final int EPOCH_BITS = 8;
    private static final int METRIC_BITS = MessageRows.EXTRA_BITS - COUNT_BITS - EPOCH_BITS;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    RelayedMessages(int perOrigin, long seed) {
        super(perOrigin, seed);
    }

    @Override
    boolean isInUse(int message) {
        return isHeld(message);
    }

    /** Whether it is still in custody here. */
    boolean isHeld(int message) {
        return messages.isMarked(message);
    }

    /** In custody here since it was taken in {@code turn}: each turn has holders of its own. */
    void taken(int message, int turn) {
        renew(message);
        messages.mark(message, true);
        messages.setTurn(message, turn);
    }

    /** Custody ended with a hop that took it at this distance: a {@link PackedSeq}, and a metric or {@link Held#NO_DISTANCE}. */
    void handedOn(int message, long seq, long metric) {
        messages.mark(message, false);
        long stored = metric + 1; // 0 for none
        long epoch = PackedSeq.epoch(seq);
        long count = PackedSeq.count(seq);
        messages.setExtra(
                message,
                (low(stored, METRIC_BITS) << EPOCH_BITS | low(epoch, EPOCH_BITS)) << COUNT_BITS
                        | low(count, COUNT_BITS),
                (stored >>> METRIC_BITS << Integer.SIZE - EPOCH_BITS | epoch >>> EPOCH_BITS)
                                << Integer.SIZE - COUNT_BITS
                        | count >>> COUNT_BITS);
    }

    /** Custody ended without a taker: whoever repeats it may try again here. */
    void dropped(int message) {
        messages.mark(message, false);
        messages.setTurn(message, -1);
    }

    /**
     * 2.7: a copy is a duplicate iff the message is still held, or its turn is lower, or its turn is equal and the
     * sender's feasibility distance is not strictly better than the one it was handed on with.
     */
    boolean isDuplicate(int message, DataFields copy) {
        int turn = turn(message);
        if (isHeld(message) || copy.turn() < turn) {
            return true;
        }
        return copy.turn() == turn && !(copy.hasDescent() && isBetterThanHandedOn(message, copy));
    }

    private boolean isBetterThanHandedOn(int message, DataFields copy) {
        long extra = messages.extra(message);
        long more = messages.more(message);
        long count = low(more, Integer.SIZE - COUNT_BITS) << COUNT_BITS | low(extra, COUNT_BITS);
        more >>>= Integer.SIZE - COUNT_BITS;
        extra >>>= COUNT_BITS;
        long epoch = low(more, Integer.SIZE - EPOCH_BITS) << EPOCH_BITS | low(extra, EPOCH_BITS);
        long metric = more >>> Integer.SIZE - EPOCH_BITS << METRIC_BITS | extra >>> EPOCH_BITS;
        return metric != 0
                && FeasibilityDistance.isBetter(
                        PackedSeq.of(copy.descentEpoch(), copy.descentCount()),
                        copy.descentMetric(),
                        PackedSeq.of(epoch, count),
                        metric - 1);
    }

    private static long low(long number, int bits) {
        return number & (1L << bits) - 1;
    }
}
