package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import java.util.List;

/** Gives a reading that arrived its absolute time, and makes of it a publication and its node's newest values. */
final class ReadingIntake {
    /** Lowest SenML base time that is absolute (RFC 8428 section 4.5.3). */
    private static final double ABSOLUTE_FROM_SECONDS = 1 << 28;

    /** Values of {@code clk}. */
    private static final String NODE_CLOCK = "ntp";

    private static final String GATEWAY_CLOCK = "mesh";
    private static final String NO_CLOCK = "none";

    private static final long LATE_AFTER_MS = 60_000;
    private static final long MAX_AHEAD_MS = 60_000;

    private final TopicScheme topics;
    private final Payloads payloads;
    private final WallClock wall;
    private final NodeRegister nodes;
    private final SharedTexts texts = new SharedTexts();

    ReadingIntake(TopicScheme topics, Payloads payloads, WallClock wall, NodeRegister nodes) {
        this.topics = topics;
        this.payloads = payloads;
        this.wall = wall;
        this.nodes = nodes;
    }

    /** When a reading was taken, in ms since 1970. */
    long takenMs(long nowMs, Arrival arrival, Reading reading) {
        double baseSeconds = reading.pack().baseTimeSeconds();
        long arrivedWallMs = wall.nowMs() - (nowMs - arrival.arrivedAtMs());
        return Math.round(baseSeconds * 1000) + (isByItsNode(reading) ? 0 : arrivedWallMs);
    }

    /** Whether {@link #takenMs} is by the clock of its node. */
    static boolean isByItsNode(Reading reading) {
        return reading.pack().baseTimeSeconds() >= ABSOLUTE_FROM_SECONDS;
    }

    /** What is published of {@code reading}; its node's {@code state} and {@code info} are brought up to date. */
    Publication publicationOf(long nowMs, NodeTrack node, Arrival arrival, Reading reading) {
        SenmlPack pack = reading.pack();
        boolean absolute = isByItsNode(reading);
        boolean synchronised = wall.isSynchronised();
        long arrivedWallMs = wall.nowMs() - (nowMs - arrival.arrivedAtMs());
        long takenMs = takenMs(nowMs, arrival, reading);
        String clock = absolute ? NODE_CLOCK : synchronised ? GATEWAY_CLOCK : NO_CLOCK;
        boolean comparable = !absolute || synchronised;
        boolean late = comparable && arrivedWallMs - takenMs > LATE_AFTER_MS;

        SenmlPack resolved =
                new SenmlPack(topics.baseName(node.label, reading.sensor()), takenMs / 1000.0, pack.records());
        long orderMs = orderMs(node, takenMs, arrivedWallMs, comparable);
        boolean newest = updateState(nowMs, node, arrival.batch().epoch(), reading, orderMs, true);
        return payloads.data(
                node.id,
                node.label,
                arrival.batch().epoch(),
                reading.seq(),
                resolved,
                arrival.hops(),
                clock,
                late || !newest);
    }

    /**
     * A reading that another gateway published brings its node's {@code state} and {@code info} up to date; if it cannot be read, nothing.
     *
     * @param isNews whether it was published just now
     */
    void heard(long nowMs, NodeTrack node, HeardMessage.Reading message, boolean isNews) {
        SenmlPack pack = message.pack().read();
        String sensor = pack == null ? null : topics.sensorOf(pack.baseName());
        if (pack == null || sensor == null) {
            return;
        }
        node.hops = hops(message, node.hops);
        boolean byItsNode = NODE_CLOCK.equals(message.clock());
        // By another gateway's clock, which says something beside this one's only if both are right.
        boolean comparable = byItsNode || wall.isSynchronised() && GATEWAY_CLOCK.equals(message.clock());
        long takenMs = comparable ? Math.round(pack.baseTimeSeconds() * 1000) : wall.nowMs();
        long orderMs = orderMs(node, takenMs, wall.nowMs(), wall.isSynchronised());
        HeldReading.Key key = message.key();
        updateState(nowMs, node, key.epoch(), new Reading(key.seq(), sensor, pack), orderMs, comparable || isNews);
    }

    private static int hops(HeardMessage.Reading message, int otherwise) {
        long hops = LedgerPage.number(message.hops() == null ? "" : message.hops());
        return hops < 0 || hops > Integer.MAX_VALUE ? otherwise : (int) hops;
    }

    /** The time by which the readings of a sensor are ordered. */
    private long orderMs(NodeTrack node, long takenMs, long arrivedWallMs, boolean comparable) {
        // A node whose clock runs ahead must not freeze its state until that time has come.
        long latestMs = arrivedWallMs + MAX_AHEAD_MS;
        if (wall.isSynchronised()) {
            // Nor may a gateway whose own clock was ahead until it was set.
            node.forgetTimesAfter(latestMs);
        }
        return comparable ? Math.min(takenMs, latestMs) : takenMs;
    }

    /** Returns false if the sensor has said something newer before; {@code showsPace}: whether the time is that of the reading. */
    @SuppressWarnings("ReferenceEquality") // Units that learned nothing are the same ones.
    private boolean updateState(
            long nowMs, NodeTrack node, long epoch, Reading reading, long takenMs, boolean showsPace) {
        SensorTrack sensor = node.sensor(reading.sensor());
        if (sensor == null) {
            if (node.sensors.size() >= NodeTrack.MAX_SENSORS) {
                return true;
            }
            sensor = new SensorTrack(texts.of(reading.sensor()));
            node.add(sensor);
        }
        List<SenmlRecord> records = texts.of(reading.pack().records());
        Units units = sensor.units.with(records);
        if (units != sensor.units) {
            sensor.units = texts.of(units);
            nodes.markDirty(node, NodeTrack.Topic.INFO);
        }
        if (showsPace) {
            sensor.interval.onReading(takenMs);
        }
        sensor.heardAtMs = nowMs;
        if (!sensor.isNewer(takenMs, epoch, reading.seq())) {
            return false;
        }
        sensor.latest = records;
        sensor.takenMs = takenMs;
        sensor.epoch = epoch;
        sensor.seq = reading.seq();
        if (!node.hadReadings || takenMs >= node.stateTakenMs) {
            node.stateTakenMs = takenMs;
            node.stateSeq = reading.seq();
        }
        node.hadReadings = true;
        node.stateUpdatedAtMs = nowMs;
        nodes.markDirty(node, NodeTrack.Topic.STATE);
        return true;
    }
}
