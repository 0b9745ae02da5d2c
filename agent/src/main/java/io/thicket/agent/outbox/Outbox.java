package io.thicket.agent.outbox;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each reading until a gateway settled it end to end. The only owner of end-to-end repetition: the router repeats
 * hops, never messages. Bounded in number and age; what must go is reported reading by reading.
 *
 * <p>Sans-IO: time is an argument, effects go to {@link OutboxPort}. At least once towards the gateway; a reading's
 * identity (node, epoch, seq) makes it exactly once behind it.
 */
public final class Outbox {
    /** {@link OutboxPort#wallTimeMs()} while the clock is not synchronised. */
    public static final long NO_WALL_TIME = Long.MIN_VALUE;

    /** Most messages that wait for their settlement at one time. */
    static final int WINDOW = 8;

    /** How long the router may hold a message before it gives it back. */
    public static final long MESSAGE_AGE_MS = 60_000;

    static final long FIRST_REPEAT_MS = 8_000;
    static final long MAX_REPEAT_MS = 60_000;
    /**
     * Repetitions of one message; then its readings go into a new one. A gateway delivers a message number once, so one that
     * its uplink did not take (a full bridge) would never reach the broker otherwise.
     */
    static final int MAX_TURNS = 4;
    /** So often a hop calls a single reading too large before that is believed. */
    static final int MAX_TOO_LARGE = 16;
    /** After a drop by the router or a full queue: do not hammer it. */
    static final long RETRY_MS = 1_000;

    private final String nodeName;
    private long epoch;
    private final OutboxLimits limits;
    private final OutboxPort port;
    private final RandomGenerator random;

    /** All readings kept, by seq; a map of its own only while there are some, which is seldom. */
    private NavigableMap<Long, Entry> entries = Collections.emptyNavigableMap();

    /** How many of them are in no message. */
    private int waiting;

    /** At most {@link #WINDOW}, in the order in which they were sent first; a list of its own only while there are some. */
    private List<Message> inFlight = List.of();

    private long lastSeq;
    private long retryAtMs = MeshRouter.NEVER;
    private boolean closed;

    /**
     * An empty one, whose first reading is number {@code seqBefore} + 1: a random one of {@link MessageId#FIRST_NUMBERS}.
     */
    public Outbox(
            String nodeName, long epoch, long seqBefore, OutboxLimits limits, OutboxPort port, RandomGenerator random) {
        this.nodeName = nodeName;
        this.epoch = epoch;
        this.lastSeq = seqBefore;
        this.limits = limits;
        this.port = port;
        this.random = random;
    }

    /** Takes a reading, gives it the next seq and sends it if the window allows. */
    public long offer(long nowMs, long takenAtMs, String sensor, List<SenmlRecord> records) {
        if (entries.size() >= limits.maxReadings()) {
            lose(entries.firstKey(), LossReason.OUTBOX_FULL);
        }
        long seq = ++lastSeq;
        Entry entry = new Entry(epoch, seq, sensor, records, takenAtMs);
        if (entries.isEmpty()) {
            entries = new TreeMap<>();
        }
        entries.put(seq, entry);
        waits(entry, true);
        pump(nowMs);
        return seq;
    }

    /** A gateway settled message {@code number}. Unknown numbers are ignored. */
    public void onSettled(long nowMs, long number, SettleStatus status) {
        Message message = message(number);
        if (message == null) {
            return;
        }
        ended(message);
        for (long seq : message.seqs) {
            Entry entry = entries.get(seq);
            if (entry != null) {
                if (status == SettleStatus.REFUSED && message.seqs.size() > 1) {
                    askAlone(seq);
                } else if (status == SettleStatus.REFUSED) {
                    lose(seq, LossReason.REFUSED);
                } else {
                    forget(seq);
                    port.settled(entry.epoch, seq);
                }
            }
        }
        pump(nowMs);
    }

    /** The router gave message {@code number} back undelivered. */
    public void onDropped(long nowMs, long number, DropReason reason) {
        Message message = message(number);
        if (message == null) {
            return;
        }
        if (reason == DropReason.TOO_LARGE && message.seqs.size() > 1) {
            cutSmaller(nowMs, message);
            pump(nowMs);
        } else if (reason == DropReason.TOO_LARGE && isRefusedTooOften(message.seqs)) {
            ended(message);
            message.seqs.forEach(seq -> lose(seq, LossReason.TOO_LARGE));
            pump(nowMs);
        } else {
            message.repeatAtMs = Math.min(message.repeatAtMs, nowMs + jittered(RETRY_MS));
        }
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
        pump(nowMs);
    }

    /** Does what is due. */
    public void onDeadline(long nowMs) {
        expire(nowMs);
        for (Message message : List.copyOf(inFlight)) {
            if (message.repeatAtMs <= nowMs) {
                repeat(nowMs, message);
            }
        }
        if (retryAtMs <= nowMs) {
            pump(nowMs);
        }
    }

    /** When {@link #onDeadline} must next be called. */
    public long nextDeadlineMs() {
        long next = retryAtMs;
        for (int i = 0; i < inFlight.size(); i++) { // asked after each call of the outbox
            next = Math.min(next, inFlight.get(i).repeatAtMs);
        }
        if (!entries.isEmpty()) {
            next = Math.min(next, entries.firstEntry().getValue().takenAtMs + limits.maxAgeMs());
        }
        return next;
    }

    /** The node is about to stop: a gateway answers a repetition at once, where it may gather first answers. */
    public void askNow(long nowMs) {
        for (Message message : List.copyOf(inFlight)) {
            repeat(nowMs, message);
        }
    }

    /** The node stops: what is still here is lost, and said so. */
    public void close() {
        closed = true;
        for (Long seq : new ArrayList<>(entries.keySet())) {
            lose(seq, LossReason.NODE_STOPPED);
        }
    }

    public int size() {
        return entries.size();
    }

    public long lastSeq() {
        return lastSeq;
    }

    /** Age of the oldest reading kept, 0 if there is none. */
    public long oldestMs(long nowMs) {
        return entries.isEmpty() ? 0 : nowMs - entries.firstEntry().getValue().takenAtMs;
    }

    /** Seqs of all readings kept, in order; for invariants. */
    public List<Long> keptSeqs() {
        return List.copyOf(entries.keySet());
    }

    private void pump(long nowMs) {
        retryAtMs = MeshRouter.NEVER;
        while (!closed && waiting > 0 && inFlight.size() < WINDOW) {
            ReadingBatch batch = cut(nowMs);
            List<ReadingBatch.Reading> readings = batch.readings();
            long number = send(batch, 0, 0);
            if (number == MeshRouter.Refusal.TOO_LARGE && readings.size() == 1) {
                lose(readings.get(0).seq(), LossReason.TOO_LARGE);
            } else if (number <= 0) {
                retryAtMs = nowMs + jittered(RETRY_MS);
                return;
            } else {
                List<Long> seqs = new ArrayList<>(readings.size());
                for (ReadingBatch.Reading reading : readings) {
                    Entry entry = entries.get(reading.seq());
                    if (entry != null) {
                        waits(entry, false);
                    }
                    seqs.add(reading.seq());
                }
                if (inFlight.isEmpty()) {
                    inFlight = new ArrayList<>(1);
                }
                inFlight.add(new Message(number, seqs, nowMs + jittered(FIRST_REPEAT_MS)));
            }
        }
    }

    private long send(ReadingBatch batch, long repeats, int turn) {
        int readings = batch.readings().size();
        boolean fits = ReadingBatchCodec.fitting(nodeName, batch.epoch(), batch.readings(), ReadingBatchCodec.MAX_BYTES)
                == readings;
        // Whatever the mesh would take: the codec takes no more, and an exception here would hold up all that comes
        // after.
        return fits ? port.send(batch, repeats, turn) : MeshRouter.Refusal.TOO_LARGE;
    }

    /** The longest run of waiting readings of one epoch that fits the path MTU; at least one. */
    private ReadingBatch cut(long nowMs) {
        List<ReadingBatch.Reading> oldest = new ArrayList<>(Math.min(waiting, ReadingBatch.MAX_READINGS));
        long wallMs = port.wallTimeMs();
        long itsEpoch = epoch;
        for (Entry entry : entries.values()) {
            if (!entry.waiting) {
                continue; // in flight: no more than WINDOW messages' readings
            }
            boolean fitsNot = entry.alone || entry.epoch != itsEpoch || oldest.size() == ReadingBatch.MAX_READINGS;
            if (fitsNot && !oldest.isEmpty()) {
                break;
            }
            itsEpoch = entry.epoch;
            oldest.add(entry.reading(nowMs, wallMs));
            if (entry.alone) {
                break;
            }
        }
        int fitting = ReadingBatchCodec.fitting(nodeName, itsEpoch, oldest, port.maxPayloadBytes());
        return new ReadingBatch(nodeName, itsEpoch, oldest.subList(0, Math.max(1, fitting)));
    }

    /** The message is settled, or waits for nothing more. */
    private void ended(Message message) {
        if (!inFlight.isEmpty()) {
            inFlight.remove(message);
        }
        if (inFlight.isEmpty()) {
            inFlight = List.of();
        }
    }

    private @Nullable Message message(long number) {
        for (int i = 0; i < inFlight.size(); i++) {
            if (inFlight.get(i).number == number) {
                return inFlight.get(i);
            }
        }
        return null;
    }

    private void repeat(long nowMs, Message message) {
        if (!inFlight.contains(message)) {
            return;
        }
        message.seqs.removeIf(seq -> !entries.containsKey(seq));
        if (message.seqs.isEmpty()) {
            ended(message);
            pump(nowMs);
            return;
        }
        if (message.turn >= MAX_TURNS) {
            cutAnew(message);
            pump(nowMs);
            return;
        }
        long result = send(batch(nowMs, message.seqs), message.number, message.turn + 1);
        if (result == MeshRouter.Refusal.TOO_LARGE && message.seqs.size() > 1) {
            cutAnew(message);
            pump(nowMs);
        } else if (result == MeshRouter.Refusal.TOO_LARGE) {
            ended(message);
            lose(message.seqs.get(0), LossReason.TOO_LARGE);
        } else if (result <= 0) {
            message.repeatAtMs = nowMs + jittered(RETRY_MS);
        } else {
            message.turn++;
            message.intervalMs = Math.min(MAX_REPEAT_MS, 2 * message.intervalMs);
            message.repeatAtMs = nowMs + jittered(message.intervalMs);
            port.repeated();
        }
    }

    /** The path MTU shrank: the readings of {@code message} wait again, to be cut anew. */
    private void cutAnew(Message message) {
        ended(message);
        for (long seq : message.seqs) {
            Entry entry = entries.get(seq);
            if (entry != null) {
                waits(entry, true);
            }
        }
    }

    /** A hop called the batch too large. What the path is said to take goes by that; else nobody knows what would fit. */
    private void cutSmaller(long nowMs, Message message) {
        message.seqs.removeIf(seq -> !entries.containsKey(seq));
        if (message.seqs.isEmpty()) {
            ended(message);
            return;
        }
        ReadingBatch batch = batch(nowMs, message.seqs);
        List<ReadingBatch.Reading> readings = batch.readings();
        if (ReadingBatchCodec.fitting(nodeName, batch.epoch(), readings, port.maxPayloadBytes()) < readings.size()) {
            cutAnew(message);
            return;
        }
        ended(message);
        message.seqs.forEach(this::askAlone);
    }

    /** What one hop says of the links behind it may be wrong, and the router looks for another way. */
    private boolean isRefusedTooOften(List<Long> seqs) {
        boolean often = false;
        for (long seq : seqs) {
            Entry entry = entries.get(seq);
            often |= entry != null && ++entry.tooLarge >= MAX_TOO_LARGE;
        }
        return often;
    }

    /** One reading of a refused batch: the others may be fine or even published, so each asks for its own answer. */
    private void askAlone(long seq) {
        Entry entry = entries.get(seq);
        if (entry != null) {
            entry.alone = true;
            waits(entry, true);
        }
    }

    private void expire(long nowMs) {
        while (!entries.isEmpty() && nowMs - entries.firstEntry().getValue().takenAtMs >= limits.maxAgeMs()) {
            lose(entries.firstKey(), LossReason.TOO_OLD);
        }
    }

    private void lose(long seq, LossReason reason) {
        Entry lost = forget(seq);
        if (lost != null) {
            port.lost(lost.epoch, seq, reason);
        }
    }

    /** What was forgotten, null if it was not there. */
    private @Nullable Entry forget(long seq) {
        Entry entry = entries.get(seq);
        if (entry != null) {
            entries.remove(seq);
            if (entries.isEmpty()) {
                entries = Collections.emptyNavigableMap();
            }
            waits(entry, false);
        }
        return entry;
    }

    /** From now on the reading waits for a message, or does not. */
    private void waits(Entry entry, boolean does) {
        if (entry.waiting != does) {
            entry.waiting = does;
            waiting += does ? 1 : -1;
        }
    }

    /** Readings of one message, and so of one epoch. */
    private ReadingBatch batch(long nowMs, List<Long> seqs) {
        long itsEpoch = epoch;
        List<ReadingBatch.Reading> readings = new ArrayList<>(seqs.size());
        long wallMs = port.wallTimeMs();
        for (long seq : seqs) {
            Entry entry = entries.get(seq);
            if (entry != null) {
                itsEpoch = entry.epoch;
                readings.add(entry.reading(nowMs, wallMs));
            }
        }
        return new ReadingBatch(nodeName, itsEpoch, readings);
    }

    private long jittered(long ms) {
        return ms + random.nextLong(ms / 4 + 1);
    }

    /** One reading. */
    private static final class Entry {
        private final long epoch;
        private final long seq;
        private final String sensor;
        private final List<SenmlRecord> records;
        private final long takenAtMs;
        /** Whether it is in no message. */
        private boolean waiting;

        /** A batch with it was refused: from now on it travels without others. */
        private boolean alone;
        /** So often a hop called it too large, alone. */
        private int tooLarge;
        /** Fixed once known, so that a repetition carries the same time. */
        private long takenWallMs = NO_WALL_TIME;

        Entry(long epoch, long seq, String sensor, List<SenmlRecord> records, long takenAtMs) {
            this.epoch = epoch;
            this.seq = seq;
            this.sensor = sensor;
            this.records = List.copyOf(records);
            this.takenAtMs = takenAtMs;
        }

        ReadingBatch.Reading reading(long nowMs, long wallMs) {
            if (takenWallMs == NO_WALL_TIME && wallMs != NO_WALL_TIME) {
                takenWallMs = wallMs - (nowMs - takenAtMs);
            }
            // RFC 8428 section 4.5.3: a time below 2^28 is relative to now.
            double baseTime = takenWallMs == NO_WALL_TIME ? -(nowMs - takenAtMs) / 1000.0 : takenWallMs / 1000.0;
            return new ReadingBatch.Reading(seq, sensor, new SenmlPack("", baseTime, records));
        }
    }

    /** One message in flight. */
    private static final class Message {
        private final long number;
        private final List<Long> seqs;
        private int turn;
        private long intervalMs = FIRST_REPEAT_MS;
        private long repeatAtMs;

        Message(long number, List<Long> seqs, long repeatAtMs) {
            this.number = number;
            this.seqs = seqs;
            this.repeatAtMs = repeatAtMs;
        }
    }
}
