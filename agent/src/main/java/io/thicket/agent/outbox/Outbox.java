package io.thicket.agent.outbox;

import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Keeps each reading until a gateway settled it end to end. The only owner of end-to-end repetition: the router repeats
 * hops, never messages. Bounded in number and age; what must go is reported reading by reading. {@link Delivery} says when a reading is sent, and
 * with which others.
 *
 * <p>Sans-IO: time is an argument, effects go to {@link OutboxPort}. At least once towards the gateway; a reading's
 * identity (node, epoch, seq) makes it exactly once behind it.
 */
public final class Outbox {
    /** {@link OutboxPort#wallTimeMs()} while the clock is not synchronised. */
    public static final long NO_WALL_TIME = Long.MIN_VALUE;

    /** How long the router may hold a message before it gives it back. */
    public static final long MESSAGE_AGE_MS = 60_000;

    private final OutboxLimits limits;
    private final OutboxPort port;
    private final Delivery delivery;

    /** All that are kept, wherever {@link #delivery} has them. */
    private final ReadingsBySeq kept = new ReadingsBySeq();

    private long epoch;
    private long lastSeq;

    /**
     * An empty one, whose first reading is number {@code seqBefore} + 1: a random one of {@link MessageId#FIRST_NUMBERS}.
     */
    public Outbox(
            String nodeName, long epoch, long seqBefore, OutboxLimits limits, OutboxPort port, RandomGenerator random) {
        this.epoch = epoch;
        this.lastSeq = seqBefore;
        this.limits = limits;
        this.port = port;
        this.delivery = new Delivery(nodeName, port, random, new Fates());
    }

    /** Takes a reading, gives it the next seq and sends it if the window allows. */
    public long offer(long nowMs, long takenAtMs, String sensor, List<SenmlRecord> records) {
        if (kept.size() >= limits.maxReadings()) {
            // The oldest, even if it was called too large: only Delivery says when to believe that, and more room would
            // have kept it.
            lose(kept.first(), LossReason.OUTBOX_FULL);
        }
        long seq = ++lastSeq;
        KeptReading reading = new KeptReading(epoch, seq, sensor, records, takenAtMs);
        kept.add(reading);
        delivery.add(nowMs, reading);
        return seq;
    }

    /** A gateway settled message {@code number}, however late. Unknown numbers are ignored. */
    public void onSettled(long nowMs, long number, SettleStatus status) {
        delivery.onSettled(nowMs, number, status);
    }

    /** The router gave message {@code number} back undelivered. */
    public void onDropped(long nowMs, long number, DropReason reason) {
        delivery.onDropped(nowMs, number, reason);
    }

    /**
     * The epoch was repaired: readings that are taken from now on bear {@code newEpoch}, and their numbers go on. What was taken before keeps the
     * name by which a gateway may have published it.
     */
    public void renumber(long newEpoch) {
        epoch = newEpoch;
    }

    /** The mesh may take more now (a route came up, a queue emptied). */
    public void onReady(long nowMs) {
        delivery.onReady(nowMs);
    }

    /** Does what is due. */
    public void onDeadline(long nowMs) {
        expire(nowMs);
        delivery.onDeadline(nowMs);
    }

    /** When {@link #onDeadline} must next be called. */
    public long nextDeadlineMs() {
        long next = delivery.nextDeadlineMs();
        return kept.isEmpty() ? next : Math.min(next, kept.first().takenAtMs + limits.maxAgeMs());
    }

    /** The node is about to stop: a gateway answers a repetition at once, where it may gather first answers. */
    public void askNow(long nowMs) {
        delivery.askNow(nowMs);
    }

    /** The node stops: what is still here is lost, and said so. */
    public void close() {
        delivery.close();
        for (int left = kept.size(); left > 0 && !kept.isEmpty(); left--) { // who hears of it may offer more
            lose(kept.first(), LossReason.NODE_STOPPED);
        }
    }

    public int size() {
        return kept.size();
    }

    public long lastSeq() {
        return lastSeq;
    }

    /** Age of the oldest reading kept, 0 if there is none. */
    public long oldestMs(long nowMs) {
        return kept.isEmpty() ? 0 : nowMs - kept.first().takenAtMs;
    }

    /** Seqs of all readings kept, in order; for invariants. */
    public List<Long> keptSeqs() {
        return kept.seqs();
    }

    private void expire(long nowMs) {
        while (!kept.isEmpty() && nowMs - kept.first().takenAtMs >= limits.maxAgeMs()) {
            lose(kept.first(), LossReason.TOO_OLD);
        }
    }

    private void lose(KeptReading reading, LossReason reason) {
        forget(reading);
        port.lost(reading.epoch, reading.seq, reason);
    }

    private void forget(KeptReading reading) {
        assert !reading.gone : reading.seq + " goes twice";
        reading.gone = true;
        kept.remove(reading);
        delivery.forget(reading);
    }

    /** What became of a reading on its way. */
    private final class Fates implements Delivery.Fates {
        @Override
        public void settled(KeptReading reading) {
            forget(reading);
            port.settled(reading.epoch, reading.seq);
        }

        @Override
        public void lost(KeptReading reading, LossReason reason) {
            lose(reading, reason);
        }
    }
}
