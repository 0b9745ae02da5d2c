package io.thicket.agent.node;

import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.Outbox;
import io.thicket.agent.outbox.OutboxPort;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.SettleStatus;
import java.util.List;
import java.util.function.LongConsumer;
import org.tinylog.Logger;

/** A node's outbox with its clock, its way into the mesh, and who hears of readings that were settled or lost. */
final class OutboxDesk extends DeadlineTimer implements OutboxPort {
    private final NodeSettings settings;
    private final NodePorts ports;
    private final RouterCalls router;
    private final NodeCounters counters;
    private final LossLog lost = new LossLog();
    private final Outbox outbox;

    /** What readings are numbered in: a later one than the boot's after an epoch repair. */
    private long epoch;

    OutboxDesk(NodeSettings settings, NodePorts ports, RouterCalls router, NodeCounters counters) {
        super(ports.timers());
        this.settings = settings;
        this.ports = ports;
        this.router = router;
        this.counters = counters;
        this.epoch = settings.epoch();
        this.outbox = new Outbox(
                settings.name(),
                epoch,
                ports.random().nextLong(MessageId.FIRST_NUMBERS),
                settings.outbox(),
                this,
                ports.random());
    }

    /** A sensor's reading. */
    void offer(long takenAtMs, String sensor, List<SenmlRecord> records) {
        counters.count(NodeCounter.READINGS_OFFERED);
        // The observer hears of a reading before anything can become of it.
        ports.observer().offered(outbox.lastSeq() + 1, records);
        call(nowMs -> outbox.offer(nowMs, Math.min(takenAtMs, nowMs), sensor, records));
    }

    /** Asks now for what is not settled. */
    void askNow() {
        call(outbox::askNow);
    }

    /** There may be a way. */
    void onReady() {
        call(outbox::onReady);
    }

    void onSettled(long number, SettleStatus status) {
        call(nowMs -> outbox.onSettled(nowMs, number, status));
    }

    void onDropped(long number, DropReason reason) {
        Logger.debug("message given back number={} reason={}", number, reason);
        call(nowMs -> outbox.onDropped(nowMs, number, reason));
    }

    /** The mesh knew a later boot of this node. */
    void renumber(long newEpoch) {
        epoch = newEpoch;
        ports.observer().renumbered(newEpoch);
        call(nowMs -> outbox.renumber(newEpoch));
    }

    long epoch() {
        return epoch;
    }

    long newestSeq() {
        return outbox.lastSeq();
    }

    long repeats() {
        return counters.get(NodeCounter.OUTBOX_REPEATS);
    }

    boolean isEmpty() {
        return outbox.size() == 0;
    }

    /** See {@link Outbox#keptSeqs}. */
    List<Long> keptSeqs() {
        return outbox.keptSeqs();
    }

    NodeSnapshot.OutboxStatus status(long nowMs) {
        return new NodeSnapshot.OutboxStatus(outbox.size(), settings.outbox().maxReadings(), outbox.oldestMs(nowMs));
    }

    List<NodeSnapshot.LostReading> lost(long nowMs) {
        return lost.all(nowMs);
    }

    /** What is left is lost. */
    void close() {
        outbox.close();
        stop();
    }

    @Override
    void onTime() {
        call(outbox::onDeadline);
    }

    @Override
    long deadlineMs() {
        return outbox.nextDeadlineMs();
    }

    /** What its sending causes waits until the call has returned. */
    private void call(LongConsumer call) {
        router.holding(() -> {
            call.accept(ports.timers().nowMs());
            rearm(outbox.nextDeadlineMs());
        });
    }

    @Override
    public int maxPayloadBytes() {
        return router.maxPayloadBytes(Destination.GATEWAY);
    }

    @Override
    public long send(ReadingBatch batch, long repeats, int turn) {
        byte[] payload = ReadingBatchCodec.encode(batch);
        return router.send(
                Destination.GATEWAY, PayloadType.READINGS, Outbox.MESSAGE_AGE_MS, true, repeats, turn, payload);
    }

    @Override
    public long wallTimeMs() {
        return ports.wallClock().isSynchronised() ? ports.wallClock().nowMs() : Outbox.NO_WALL_TIME;
    }

    @Override
    public void lost(long itsEpoch, long seq, LossReason reason) {
        counters.count(NodeCounter.READINGS_LOST);
        String id = settings.name() + "/" + itsEpoch + "/" + seq;
        Logger.warn("reading lost id={} reason={}", id, reason);
        lost.add(ports.timers().nowMs(), id, reason);
        ports.observer().lost(itsEpoch, seq, reason);
    }

    @Override
    public void settled(long itsEpoch, long seq) {
        counters.count(NodeCounter.READINGS_SETTLED);
        ports.observer().settled(itsEpoch, seq);
    }

    @Override
    public void repeated() {
        counters.count(NodeCounter.OUTBOX_REPEATS);
    }
}
