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

    /**
     * The feasibility distance that a message was handed on with: one more than the metric, 0 for none; then of its Seq the low bits of the
     * epoch above those of the count, and the same of the upper ones, which most are 0.
     */
    private static final int METRIC = 0;

    private static final int SEQ_LOW = 1;
    private static final int SEQ_UPPER = 2;

    private static final int LOW_COUNT_BITS = 20;
    private static final int LOW_EPOCH_BITS = Integer.SIZE - LOW_COUNT_BITS;

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
        messages.setExtra(message, METRIC, (int) (metric + 1)); // 0 for none
        setSeq(message, PackedSeq.epoch(seq), PackedSeq.count(seq));
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
        int metric = messages.extra(message, METRIC);
        return metric != 0
                && FeasibilityDistance.isBetter(
                        PackedSeq.of(copy.descentEpoch(), copy.descentCount()),
                        copy.descentMetric(),
                        seq(message),
                        Integer.toUnsignedLong(metric - 1));
    }

    private void setSeq(int message, long epoch, long count) {
        int upperEpoch = (int) (epoch >>> LOW_EPOCH_BITS);
        int upperCount = (int) (count >>> LOW_COUNT_BITS);
        messages.setExtra(message, SEQ_LOW, (int) epoch << LOW_COUNT_BITS | (int) count & (1 << LOW_COUNT_BITS) - 1);
        messages.setExtra(message, SEQ_UPPER, upperEpoch << LOW_EPOCH_BITS | upperCount);
    }

    /** As a {@link PackedSeq}. */
    private long seq(int message) {
        int low = messages.extra(message, SEQ_LOW);
        int upper = messages.extra(message, SEQ_UPPER);
        int epoch = upper >>> LOW_EPOCH_BITS << LOW_EPOCH_BITS | low >>> LOW_COUNT_BITS;
        int count = upper << LOW_COUNT_BITS | low & (1 << LOW_COUNT_BITS) - 1;
        return PackedSeq.of(Integer.toUnsignedLong(epoch), Integer.toUnsignedLong(count));
    }
}
