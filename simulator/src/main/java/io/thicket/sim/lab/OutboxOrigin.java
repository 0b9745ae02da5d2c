package io.thicket.sim.lab;

import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.Outbox;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.outbox.OutboxPort;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Readings as the agent sends them: its own outbox keeps and repeats them until a gateway has settled them. */
final class OutboxOrigin implements LabOrigin {
    /** The agent's defaults. */
    private static final OutboxLimits LIMITS = new OutboxLimits(10_000, 7L * 24 * 3_600_000);

    private static final long WALL_MS = 1_750_000_000_000L;
    private static final String SENSOR = "t";

    /** The router, as the outbox sees it. */
    interface Mesh {
        int maxPayloadBytes();

        long send(byte[] payload, long repeats, int turn);

        /** The outbox numbers packet {@code number} of this node so. */
        void numbered(long seq, long number);

        /** The outbox gave its reading {@code seq} up. */
        void lost(long seq, LossReason reason);

        /** A gateway settled its reading {@code seq}. */
        void settled(long seq);
    }

    private final Mesh mesh;
    private final Outbox outbox;
    private final String name;
    private long nowMs;
    private long repeats;
    private long lost;

    OutboxOrigin(int node, long epoch, Mesh mesh, RandomGenerator random) {
        this.mesh = mesh;
        name = LabOrigin.nameOf(node);
        outbox = new Outbox(name, epoch, random.nextLong(MessageId.FIRST_NUMBERS), LIMITS, new Port(), random);
    }

    @Override
    public void offer(long now, int destination, long seq, int payloadBytes) {
        nowMs = now;
        // Sending may deliver at once: the books know the number before.
        mesh.numbered(outbox.lastSeq() + 1, seq);
        outbox.offer(nowMs, nowMs, SENSOR, records(name, payloadBytes));
    }

    /** A measured value and as much text as makes a batch with this one reading {@code payloadBytes} long. */
    static List<SenmlRecord> records(String name, int payloadBytes) {
        return records(name, payloadBytes, List.of(new Measured("v", "Cel", 21.5)));
    }

    /** The same with these values. */
    static List<SenmlRecord> records(String name, int payloadBytes, List<Measured> values) {
        List<SenmlRecord> plain = records("", values);
        ReadingBatch batch = new ReadingBatch(
                name,
                1,
                List.of(new ReadingBatch.Reading(
                        MessageId.FIRST_NUMBERS, SENSOR, new SenmlPack("", (WALL_MS + 123) / 1_000.0, plain))));
        int missing = payloadBytes - ReadingBatchCodec.encode(batch).length;
        return missing <= 0 ? plain : records("x".repeat(missing), values);
    }

    private static List<SenmlRecord> records(String padding, List<Measured> values) {
        List<SenmlRecord> all = new ArrayList<>();
        for (Measured each : values) {
            all.add(new SenmlRecord(each.name(), each.unit(), new SenmlValue.Numeric(each.value()), null));
        }
        all.add(new SenmlRecord("p", null, new SenmlValue.Text(padding), null));
        return all;
    }

    @Override
    public void onSettled(long now, long number, SettleStatus status) {
        nowMs = now;
        outbox.onSettled(nowMs, number, status);
    }

    @Override
    public void onDropped(long now, long number, DropReason reason) {
        nowMs = now;
        outbox.onDropped(nowMs, number, reason);
    }

    @Override
    public void onReady(long now) {
        nowMs = now;
        outbox.onReady(nowMs);
    }

    @Override
    public void onDeadline(long now) {
        nowMs = now;
        outbox.onDeadline(nowMs);
    }

    @Override
    public long nextDeadlineMs() {
        return outbox.nextDeadlineMs();
    }

    @Override
    public long repeats() {
        return repeats;
    }

    @Override
    public long givenUp() {
        return lost;
    }

    private final class Port implements OutboxPort {
        @Override
        public int maxPayloadBytes() {
            return mesh.maxPayloadBytes();
        }

        @Override
        public long send(ReadingBatch batch, long repeated, int turn) {
            return mesh.send(ReadingBatchCodec.encode(batch), repeated, turn);
        }

        @Override
        public long wallTimeMs() {
            return WALL_MS + nowMs;
        }

        @Override
        public void lost(long epoch, long seq, LossReason reason) {
            lost++;
            mesh.lost(seq, reason);
        }

        @Override
        public void settled(long epoch, long seq) {
            mesh.settled(seq);
        }

        @Override
        public void repeated() {
            repeats++;
        }
    }
}
