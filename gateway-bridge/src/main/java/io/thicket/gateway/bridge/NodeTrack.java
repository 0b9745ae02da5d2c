package io.thicket.gateway.bridge;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Of a node that became known it is not said sooner that it has no sensors. Gateways that start together know it at once, and the word of one
     * that had no reading yet would replace what another one, with the first reading, has just said.
     */
    private static final long NEW_FOR_MS = 10_000;

    private static final int INTERVALS_OF_LIFE = 3;
    private static final long FORGET_SENSOR_AFTER_MS = 3_600_000;
    private static final int FORGET_SENSOR_INTERVALS = 10;

    /** The retained topics of a node. */
    enum Topic {
        STATUS(1),
        INFO(2),
        STATE(4);

        private final int bit;

        Topic(int bit) {
            this.bit = bit;
        }
    }

    final NodeId id;
    String label;

    @Nullable
    Identity identity;

    /** Readings that wait to be published, by order of arrival; null for none, as of nearly every node at any time. */
    private @Nullable TreeMap<Long, HeldReading> queue;

    /** Readings held in all: waiting and in flight. */
    int held;

    /** How often it was refused since it was taken last; not counted farther than its waiting grows. */
    byte refusals;

    boolean blocked;
    boolean ready;

    /** The topics that are to be published anew, a bit each. */
    private byte dirty;

    /** In the order in which they became known; few, nearly always one, so that the list has no room for more. */
    List<SensorTrack> sensors = List.of();

    /** Once a node had two sensors its keys stay prefixed. */
    boolean severalSensors;

    boolean online;
    boolean hadReadings;

    /** Whether the broker may retain {@code offline} by this gateway's word: what it said last, if that arrived. */
    boolean saidOffline;

    /** Whether another gateway published the newest reading that is known of: then what is retained of the node is for that one to say. */
    boolean elsewhere;

    /** The other gateway that says whether the node is silent, null if this one does. */
    @Nullable
    String keeper;

    /** Whether the node has had readings that this gateway knows nothing of, so that it may not have heard of all sensors yet. */
    boolean learning;

    long learningSinceMs;

    /** Since when the node is known, while it is too early to say that it has no sensors; else {@link Long#MAX_VALUE}. */
    private long newSinceMs;

    int hops;
    long heardAtMs;
    long stateTakenMs;
    long stateSeq;
    long stateUpdatedAtMs;

    /** Since when this gateway publishes its readings, if it does: not before it is known here. */
    long ownSinceMs;

    /** Readings that were published, of the highest epoch first; null before the first. */
    private @Nullable SeqWindow published;

    /** Readings that were given up; null for almost every node. */
    private @Nullable SeqWindow refused;

    NodeTrack(NodeId id, String label, long nowMs) {
        this.id = id;
        this.label = label;
        this.heardAtMs = nowMs;
        this.newSinceMs = nowMs;
        this.ownSinceMs = nowMs;
    }

    /** Puts a reading among those that wait. */
    void enqueue(HeldReading reading) {
        TreeMap<Long, HeldReading> waiting = queue;
        if (waiting == null) {
            waiting = new TreeMap<>();
            queue = waiting;
        }
        waiting.put(reading.order, reading);
    }

    /** Takes it away if it waits. */
    void dequeue(HeldReading reading) {
        TreeMap<Long, HeldReading> waiting = queue;
        if (waiting != null) {
            waiting.remove(reading.order);
            queue = waiting.isEmpty() ? null : waiting;
        }
    }

    /** The one that waits and arrived first, null if none does. */
    @Nullable
    HeldReading firstWaiting() {
        TreeMap<Long, HeldReading> waiting = queue;
        return waiting == null ? null : waiting.firstEntry().getValue();
    }

    boolean isDirty() {
        return dirty != 0;
    }

    /** The topic is to be published anew; for {@link NodeRegister#markDirty}, which puts the node into its line. */
    void markDirty(Topic topic) {
        dirty = (byte) (dirty | topic.bit);
    }

    /** No topic is to be published anew; for {@link NodeRegister#leave}, which takes the node out of its line. */
    void clean() {
        dirty = 0;
    }

    /** Whether it is for this gateway to say this of the node, and it can. */
    boolean isToBeSaid(Topic topic) {
        return switch (topic) {
            case STATUS -> keeper == null;
            case INFO -> !elsewhere && !learning && !(isNew() && sensors.isEmpty());
            case STATE -> !elsewhere;
        };
    }

    /** Takes the first, by their order, of the topics that are to be published anew; there is one. */
    Topic takeDirty() {
        Topic topic = isDirty(Topic.STATUS) ? Topic.STATUS : isDirty(Topic.INFO) ? Topic.INFO : Topic.STATE;
        dirty = (byte) (dirty & ~topic.bit);
        return topic;
    }

    private boolean isDirty(Topic topic) {
        return (dirty & topic.bit) != 0;
    }

    /** What is known of the sensor, null if nothing. */
    @Nullable
    SensorTrack sensor(String name) {
        for (int i = 0; i < sensors.size(); i++) {
            if (sensors.get(i).name.equals(name)) {
                return sensors.get(i);
            }
        }
        return null;
    }

    /** A sensor became known. */
    void add(SensorTrack sensor) {
        List<SensorTrack> more = new ArrayList<>(sensors);
        more.add(sensor);
        sensors = List.copyOf(more);
        severalSensors |= sensors.size() > 1;
    }

    boolean isPublished(long epoch, long seq) {
        return SeqWindow.contains(published, epoch, seq);
    }

    void published(long epoch, long seq) {
        published = SeqWindow.add(published, epoch, seq, MAX_EPOCHS);
    }

    /** Whether the reading was given up: its origin must hear that again, not that subscribers have it. */
    boolean isRefused(long epoch, long seq) {
        return SeqWindow.contains(refused, epoch, seq);
    }

    void refused(long epoch, long seq) {
        refused = SeqWindow.add(refused, epoch, seq, MAX_EPOCHS);
    }

    /** How long {@code state} stays true without a new reading: three intervals of the slowest sensor. */
    long stateLifeMs() {
        long slowest = 0;
        for (SensorTrack sensor : sensors) {
            slowest = Math.max(slowest, sensor.interval.intervalMs());
        }
        return life(slowest == 0 ? IntervalEstimate.DEFAULT_MS : slowest);
    }

    /** How long the node counts as online without a reading: three intervals of the fastest sensor. */
    long onlineLifeMs() {
        long fastest = Long.MAX_VALUE;
        for (SensorTrack sensor : sensors) {
            fastest = Math.min(fastest, sensor.interval.intervalMs());
        }
        return life(sensors.isEmpty() ? IntervalEstimate.DEFAULT_MS : fastest);
    }

    private static long life(long intervalMs) {
        return Math.max(MIN_LIFE_MS, INTERVALS_OF_LIFE * intervalMs);
    }

    /** Whether {@link #onlineLifeMs} is more than a guess. */
    boolean isPaceKnown() {
        boolean known = false;
        for (SensorTrack sensor : sensors) {
            known |= sensor.interval.isKnown();
        }
        return known;
    }

    /** Whether nothing came from it for too long. */
    boolean isSilent(long nowMs) {
        return nowMs - heardAtMs > onlineLifeMs();
    }

    private boolean isNew() {
        return newSinceMs != Long.MAX_VALUE;
    }

    /** From now on it is said of the node if it has no sensors. Returns false if it is too early, or was so before. */
    boolean growsOld(long nowMs) {
        if (!isNew() || nowMs - newSinceMs < NEW_FOR_MS) {
            return false;
        }
        newSinceMs = Long.MAX_VALUE;
        return true;
    }

    /** Whether each sensor has had the time to say something. */
    boolean hasLearned(long nowMs) {
        return learning && !sensors.isEmpty() && nowMs - learningSinceMs > stateLifeMs();
    }

    /**
     * For so long nothing could come from it, since the mesh keeps its readings while the gateway has no broker. That is no silence of
     * the node, which moreover needs some seconds to notice that it may go on.
     */
    void excuse(long nowMs, long absentMs) {
        long latestMs = nowMs - onlineLifeMs() + MIN_LIFE_MS;
        heardAtMs = Math.max(Math.min(heardAtMs + absentMs, nowMs), latestMs);
        for (SensorTrack sensor : sensors) {
            sensor.heardAtMs = Math.min(sensor.heardAtMs + absentMs, nowMs);
        }
    }

    /**
     * Until then, included, neither the node is offline for its silence nor a sensor forgotten for its own, unless its pace grows, nor
     * is it known that there are no more sensors, or none.
     */
    long quietUntilMs() {
        long untilMs = online && keeper == null ? heardAtMs + onlineLifeMs() : Long.MAX_VALUE;
        if (learning && !sensors.isEmpty()) {
            untilMs = Math.min(untilMs, learningSinceMs + stateLifeMs());
        }
        if (isNew()) {
            untilMs = Math.min(untilMs, newSinceMs + NEW_FOR_MS - 1);
        }
        if (sensors.size() > 1) {
            for (SensorTrack sensor : sensors) {
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
        for (SensorTrack sensor : sensors) {
            if (sensor.takenMs > wallMs) {
                sensor.takenMs = 0;
            }
        }
    }

    /** Drops sensors that are gone for long, so that neither their values nor their pace live for ever. Whether there were any. */
    boolean forgetSilentSensors(long nowMs) {
        boolean forgotten = false;
        for (SensorTrack sensor : sensors) {
            if (sensors.size() > 1 && nowMs - sensor.heardAtMs > patienceMs(sensor)) {
                sensors = sensors.stream().filter(other -> other != sensor).toList();
                forgotten = true;
            }
        }
        return forgotten;
    }
}
