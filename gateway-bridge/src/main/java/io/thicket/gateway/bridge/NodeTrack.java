package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the bridge knows of one node of the mesh. */
final class NodeTrack {
    /** Most boots of a node whose readings are told apart from repeats; the lowest gives way. */
    static final int MAX_EPOCHS = 4;

    /** Most sensors of a node in {@code state} and {@code info}; others are published as {@code data} only. */
    static final int MAX_SENSORS = 64;

    /** Shortest life of {@code state} and of {@code online} without a reading: a mesh that heals takes some seconds. */
    static final long MIN_LIFE_MS = 30_000;

    private static final int INTERVALS_OF_LIFE = 3;
    private static final long FORGET_SENSOR_AFTER_MS = 3_600_000;
    private static final int FORGET_SENSOR_INTERVALS = 10;

    /** The retained topics of a node. */
    enum Topic {
        STATUS,
        INFO,
        STATE
    }

    final NodeId id;
    String label;

    @Nullable
    Identity identity;

    /** Readings that wait to be published, by order of arrival. */
    final TreeMap<Long, HeldReading> queue = new TreeMap<>();
    /** Readings held in all: waiting and in flight. */
    int held;

    long blockedUntilMs;
    int refusals;
    boolean blocked;
    boolean ready;

    final Set<Topic> dirty = EnumSet.noneOf(Topic.class);
    final Map<String, SensorTrack> sensors = new LinkedHashMap<>(4);
    /** Once a node had two sensors its keys stay prefixed. */
    boolean severalSensors;

    boolean online;
    boolean hadReadings;
    int hops;
    long heardAtMs;
    long stateTakenMs;
    long stateSeq;
    long stateUpdatedAtMs;

    private final ByEpoch<SeqWindow> published = new ByEpoch<>();
    /** Readings that were given up; empty for almost every node. */
    private final ByEpoch<SeqWindow> refused = new ByEpoch<>();

    NodeTrack(NodeId id, String label, long nowMs) {
        this.id = id;
        this.label = label;
        this.heardAtMs = nowMs;
    }

    boolean isPublished(long epoch, long seq) {
        return contains(published, epoch, seq);
    }

    void published(long epoch, long seq) {
        add(published, epoch, seq);
    }

    /** Whether the reading was given up: its origin must hear that again, not that subscribers have it. */
    boolean isRefused(long epoch, long seq) {
        return contains(refused, epoch, seq);
    }

    void refused(long epoch, long seq) {
        add(refused, epoch, seq);
    }

    private static boolean contains(ByEpoch<SeqWindow> windows, long epoch, long seq) {
        SeqWindow window = windows.get(epoch);
        return window != null && window.contains(seq);
    }

    private static void add(ByEpoch<SeqWindow> windows, long epoch, long seq) {
        SeqWindow window = windows.get(epoch);
        (window != null ? window : windows.getOrMake(epoch, MAX_EPOCHS, SeqWindow::new)).add(seq);
    }

    /** How long {@code state} stays true without a new reading: three intervals of the slowest sensor. */
    long stateLifeMs() {
        long slowest = 0;
        for (SensorTrack sensor : sensors.values()) {
            slowest = Math.max(slowest, sensor.interval.intervalMs());
        }
        return life(slowest == 0 ? IntervalEstimate.DEFAULT_MS : slowest);
    }

    /** How long the node counts as online without a reading: three intervals of the fastest sensor. */
    long onlineLifeMs() {
        long fastest = Long.MAX_VALUE;
        for (SensorTrack sensor : sensors.values()) {
            fastest = Math.min(fastest, sensor.interval.intervalMs());
        }
        return life(sensors.isEmpty() ? IntervalEstimate.DEFAULT_MS : fastest);
    }

    private static long life(long intervalMs) {
        return Math.max(MIN_LIFE_MS, INTERVALS_OF_LIFE * intervalMs);
    }

    /** Until then, included, neither the node is offline for its silence nor a sensor forgotten for its own, unless its pace grows. */
    long quietUntilMs() {
        long untilMs = online ? heardAtMs + onlineLifeMs() : Long.MAX_VALUE;
        if (sensors.size() > 1) {
            for (SensorTrack sensor : sensors.values()) {
                untilMs = Math.min(untilMs, sensor.heardAtMs + patienceMs(sensor));
            }
        }
        return untilMs;
    }

    private static long patienceMs(SensorTrack sensor) {
        return Math.max(FORGET_SENSOR_AFTER_MS, FORGET_SENSOR_INTERVALS * sensor.interval.intervalMs());
    }

    /** Times that cannot be true count as long ago, so that the next reading is newer. */
    void forgetTimesAfter(long wallMs) {
        if (stateTakenMs > wallMs) {
            stateTakenMs = 0;
        }
        for (SensorTrack sensor : sensors.values()) {
            if (sensor.takenMs > wallMs) {
                sensor.takenMs = 0;
            }
        }
    }

    /** Drops sensors that are gone for long, so that neither their values nor their pace live for ever. */
    void forgetSilentSensors(long nowMs) {
        Iterator<SensorTrack> all = sensors.values().iterator();
        while (all.hasNext() && sensors.size() > 1) {
            SensorTrack sensor = all.next();
            if (nowMs - sensor.heardAtMs > patienceMs(sensor)) {
                all.remove();
                dirty.add(Topic.INFO);
            }
        }
    }

    /** The newest reading of one sensor. */
    static final class SensorTrack {
        final IntervalEstimate interval = new IntervalEstimate();
        /** Unit by quantity, empty for none. */
        final Map<String, String> units = new LinkedHashMap<>(4);

        @Nullable
        SenmlPack latest;

        long takenMs;
        long epoch;
        long seq;
        long heardAtMs;

        /** Whether a reading is newer than the newest so far. */
        boolean isNewer(long takenMs, long epoch, long seq) {
            if (latest == null || takenMs != this.takenMs) {
                return latest == null || takenMs > this.takenMs;
            }
            return epoch != this.epoch ? epoch > this.epoch : seq > this.seq;
        }

        /** Takes the units of a pack; true if one is new. */
        boolean learn(SenmlPack pack) {
            boolean changed = false;
            for (SenmlRecord record : pack.records()) {
                if (units.size() < SenmlPack.MAX_RECORDS || units.containsKey(record.name())) {
                    String unit = record.unit() == null ? "" : record.unit();
                    changed |= !unit.equals(units.put(record.name(), unit));
                }
            }
            return changed;
        }
    }
}
