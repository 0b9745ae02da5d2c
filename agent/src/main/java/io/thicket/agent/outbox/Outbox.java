package io.thicket.agent.outbox;

import io.thicket.agent.outbox.SendWindow.Message;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
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

    /** How long the router may hold a message before it gives it back. */
    public static final long MESSAGE_AGE_MS = 60_000;

    static final long FIRST_REPEAT_MS = 8_000;
    static final long MAX_REPEAT_MS = 60_000;
    /**
     * Repetitions of one message; then its readings go into a new one. A gateway delivers a message number once, so one that
     * its uplink did not take (a full bridge) would never reach the broker otherwise.
     */
    static final int MAX_TURNS = 4;
    /** After a drop by the router or a full queue: do not hammer it. */
    static final long RETRY_MS = 1_000;
    /** Beside {@link MeshRouter.Refusal}: no link could ever take it. */
    private static final long UNSENDABLE = Long.MIN_VALUE;

    private final String nodeName;
    private long epoch;
    private final OutboxLimits limits;
    private final OutboxPort port;
    private final RandomGenerator random;

    /** All readings kept, by seq; a map of its own only while there are some, which is seldom. */
    private NavigableMap<Long, KeptReading> entries = Collections.emptyNavigableMap();

    /** Those of them that are in no message and not held back, by seq; made and let go in the same way. */
    private NavigableMap<Long, KeptReading> waiting = Collections.emptyNavigableMap();

    private HeldBack heldBack = HeldBack.NOTHING;
    private FormerMessages formers = FormerMessages.NONE;

    /** Of its own only while something is in flight. */
    private SendWindow inFlight = SendWindow.EMPTY;

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
            makeRoom();
        }
        long seq = ++lastSeq;
        KeptReading entry = new KeptReading(epoch, seq, sensor, records, takenAtMs);
        if (entries.isEmpty()) {
            entries = new TreeMap<>();
        }
        entries.put(seq, entry);
        waits(entry);
        pump(nowMs);
        return seq;
    }

    /** A gateway settled message {@code number}, however late. Unknown numbers are ignored. */
    public void onSettled(long nowMs, long number, SettleStatus status) {
        Message message = inFlight.of(number);
        FormerMessages.Former former = message == null ? formers.of(number) : null;
        if (message != null) {
            ended(message);
            message.seqs.forEach(seq -> settled(seq, status, message.hadOthers));
        } else if (former != null) {
            settledLate(former, status);
        } else {
            return;
        }
        pump(nowMs);
    }

    private void settledLate(FormerMessages.Former former, SettleStatus status) {
        if (status == SettleStatus.REFUSED && former.hadOthers()) {
            return; // each of them asks for its own answer
        }
        List.copyOf(former.readings()).forEach(entry -> settled(entry.seq, status, false));
        for (Message message : inFlight.all()) {
            if (message.seqs.stream().noneMatch(entries::containsKey)) {
                ended(message);
            }
        }
    }

    /** The router gave message {@code number} back undelivered. */
    public void onDropped(long nowMs, long number, DropReason reason) {
        Message message = inFlight.of(number);
        if (message == null) {
            return; // also what came of a former one, which says nothing of those after it
        }
        if (reason == DropReason.TOO_LARGE && message.seqs.size() > 1) {
            cutSmaller(nowMs, message);
            pump(nowMs);
        } else if (reason == DropReason.TOO_LARGE) {
            holdBack(nowMs, message);
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
        for (Message message : inFlight.all()) {
            if (message.repeatAtMs <= nowMs) {
                repeat(nowMs, message);
            }
        }
        if (Math.min(retryAtMs, heldBackMs()) <= nowMs) {
            pump(nowMs);
        }
    }

    /** When {@link #onDeadline} must next be called. */
    public long nextDeadlineMs() {
        long next = Math.min(Math.min(retryAtMs, heldBackMs()), inFlight.nextMs());
        if (!entries.isEmpty()) {
            next = Math.min(next, entries.firstEntry().getValue().takenAtMs + limits.maxAgeMs());
        }
        return next;
    }

    /** The node is about to stop: a gateway answers a repetition at once, where it may gather first answers. */
    public void askNow(long nowMs) {
        if (heldBack != HeldBack.NOTHING) {
            heldBack.makeDue();
        }
        for (Message message : inFlight.all()) {
            repeat(nowMs, message);
        }
        if (heldBackMs() <= nowMs) {
            pump(nowMs);
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
        retryHeldBack(nowMs);
        while (!closed && retryAtMs == MeshRouter.NEVER && !waiting.isEmpty() && inFlight.hasRoom()) {
            if (heldBack.nextBurstMs() > nowMs) {
                retryAtMs = heldBack.nextBurstMs();
            } else {
                sendWaiting(nowMs);
            }
        }
    }

    private void sendWaiting(long nowMs) {
        ReadingBatch batch =
                BatchCutter.cut(nodeName, nowMs, port.wallTimeMs(), waiting.values(), port.maxPayloadBytes());
        List<ReadingBatch.Reading> readings = batch.readings();
        long number = send(batch, 0, 0);
        if (number == UNSENDABLE) {
            lose(readings.get(0).seq(), LossReason.TOO_LARGE);
        } else if (number == MeshRouter.Refusal.TOO_LARGE && readings.size() == 1) {
            holdBack(nowMs, readings.get(0).seq(), 0, 0);
        } else if (number <= 0) {
            full(nowMs);
        } else {
            List<Long> seqs = new ArrayList<>(readings.size());
            for (ReadingBatch.Reading reading : readings) {
                waitsNot(reading.seq());
                seqs.add(reading.seq());
            }
            sent(new Message(number, seqs, nowMs + jittered(FIRST_REPEAT_MS)));
        }
    }

    private void sent(Message message) {
        if (inFlight.isEmpty()) {
            inFlight = new SendWindow();
        }
        inFlight.add(message);
    }

    /** The router takes nothing now. */
    private void full(long nowMs) {
        retryAtMs = nowMs + jittered(RETRY_MS);
        if (heldBack != HeldBack.NOTHING) {
            heldBack.fullUntil(retryAtMs);
        }
    }

    /** When something that was held back is to be tried; not while there is no room for it, which ends with a call of {@link #pump}. */
    private long heldBackMs() {
        return heldBack != HeldBack.NOTHING && inFlight.hasRoomForRetry() ? heldBack.nextMs() : MeshRouter.NEVER;
    }

    /** Before what waits, which still has the other half of the window. */
    private void retryHeldBack(long nowMs) {
        while (!closed && retryAtMs == MeshRouter.NEVER && inFlight.hasRoomForRetry()) {
            HeldBack.Held held = heldBack.due(nowMs);
            if (held == null) {
                return;
            }
            retry(nowMs, held);
        }
    }

    /** Under its old number up to {@link #MAX_TURNS}, as what nobody answers. */
    private void retry(long nowMs, HeldBack.Held held) {
        long seq = held.reading().seq;
        boolean isRepetition = held.number() != 0 && held.turn() < MAX_TURNS;
        int turn = isRepetition ? held.turn() + 1 : 0;
        long number = send(batch(nowMs, List.of(seq)), isRepetition ? held.number() : 0, turn);
        if (number == UNSENDABLE) {
            lose(seq, LossReason.TOO_LARGE);
        } else if (number == MeshRouter.Refusal.TOO_LARGE) {
            heldBack.remove(held);
            holdBack(nowMs, seq, held.number(), held.turn());
        } else if (number <= 0) {
            full(nowMs);
        } else {
            heldBack.remove(held);
            sent(Message.retry(number, turn, seq, nowMs + jittered(FIRST_REPEAT_MS)));
            if (isRepetition) {
                port.repeated();
            }
        }
        letGoIfEmpty();
    }

    /** A message of one reading was called too large. */
    private void holdBack(long nowMs, Message message) {
        givenUp(message);
        // A number that others had, too, is none of its own.
        long number = message.hadOthers ? 0 : message.number;
        message.seqs.forEach(seq -> holdBack(nowMs, seq, number, message.turn));
    }

    private void holdBack(long nowMs, long seq, long number, int turn) {
        KeptReading entry = entries.get(seq);
        if (entry == null) {
            return;
        }
        waitsNot(seq);
        entry.alone = true;
        entry.refusals++;
        holdingBack(nowMs).refused(nowMs, entry.refusals);
        if (entry.refusals >= HeldBack.MAX_REFUSALS) {
            lose(seq, LossReason.TOO_LARGE);
        } else {
            long dueMs = nowMs + jittered(HeldBack.pauseMs(entry.refusals));
            heldBack.add(new HeldBack.Held(entry, number, turn, dueMs));
        }
    }

    private HeldBack holdingBack(long nowMs) {
        if (heldBack == HeldBack.NOTHING) {
            heldBack = new HeldBack(nowMs);
        }
        return heldBack;
    }

    private void letGoIfEmpty() {
        if (heldBack.isEmpty()) {
            heldBack = HeldBack.NOTHING;
        }
        if (formers.isEmpty()) {
            formers = FormerMessages.NONE;
        }
    }

    private long send(ReadingBatch batch, long repeats, int turn) {
        // Whatever the mesh would take: the codec takes no more, and an exception here would hold up all that comes
        // after.
        boolean fits = BatchCutter.fits(batch, ReadingBatchCodec.MAX_BYTES);
        return fits ? port.send(batch, repeats, turn) : UNSENDABLE;
    }

    /** The message is settled, or waits for nothing more. */
    private void ended(Message message) {
        inFlight.remove(message);
        if (inFlight.isEmpty()) {
            inFlight = SendWindow.EMPTY;
        }
    }

    /** It ends without an answer, which may still come. */
    private void givenUp(Message message) {
        ended(message);
        for (long seq : message.seqs) {
            KeptReading entry = entries.get(seq);
            if (entry != null) {
                if (formers == FormerMessages.NONE) {
                    formers = new FormerMessages();
                }
                formers.add(message.number, message.hadOthers, entry);
            }
        }
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
            cutAnew(nowMs, message);
            pump(nowMs);
            return;
        }
        long result = send(batch(nowMs, message.seqs), message.number, message.turn + 1);
        boolean isTooLarge = result == MeshRouter.Refusal.TOO_LARGE || result == UNSENDABLE;
        if (isTooLarge && message.seqs.size() > 1) {
            cutAnew(nowMs, message);
            pump(nowMs);
        } else if (result == UNSENDABLE) {
            ended(message);
            lose(message.seqs.get(0), LossReason.TOO_LARGE);
            pump(nowMs);
        } else if (isTooLarge) {
            holdBack(nowMs, message);
            pump(nowMs);
        } else if (result <= 0) {
            message.repeatAtMs = nowMs + jittered(RETRY_MS);
        } else {
            message.turn++;
            message.intervalMs = Math.min(MAX_REPEAT_MS, 2 * message.intervalMs);
            message.repeatAtMs = nowMs + jittered(message.intervalMs);
            port.repeated();
        }
    }

    /** The path MTU shrank, or nobody answered: the readings of {@code message} wait again, to be cut anew. */
    private void cutAnew(long nowMs, Message message) {
        givenUp(message);
        for (long seq : message.seqs) {
            KeptReading entry = entries.get(seq);
            if (entry != null && message.isRetry) {
                holdingBack(nowMs).add(new HeldBack.Held(entry, message.number, message.turn, nowMs));
            } else if (entry != null) {
                waits(entry);
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
        if (!BatchCutter.fits(batch(nowMs, message.seqs), port.maxPayloadBytes())) {
            cutAnew(nowMs, message);
            return;
        }
        givenUp(message);
        message.seqs.forEach(this::askAlone);
    }

    /** One reading of a refused batch: the others may be fine or even published, so each asks for its own answer. */
    private void askAlone(long seq) {
        KeptReading entry = entries.get(seq);
        if (entry != null) {
            entry.alone = true;
            waits(entry);
        }
    }

    /** The oldest goes. */
    private void makeRoom() {
        KeptReading oldest = entries.firstEntry().getValue();
        lose(oldest.seq, oldest.refusals > 0 ? LossReason.TOO_LARGE : LossReason.OUTBOX_FULL);
    }

    private void expire(long nowMs) {
        while (!entries.isEmpty() && nowMs - entries.firstEntry().getValue().takenAtMs >= limits.maxAgeMs()) {
            lose(entries.firstKey(), LossReason.TOO_OLD);
        }
    }

    private void settled(long seq, SettleStatus status, boolean hadOthers) {
        KeptReading entry = entries.get(seq);
        if (entry == null) {
            return;
        }
        if (status == SettleStatus.REFUSED && hadOthers) {
            askAlone(seq);
        } else if (status == SettleStatus.REFUSED) {
            lose(seq, LossReason.REFUSED);
        } else {
            forget(seq);
            port.settled(entry.epoch, seq);
        }
    }

    private void lose(long seq, LossReason reason) {
        KeptReading lost = forget(seq);
        if (lost != null) {
            port.lost(lost.epoch, seq, reason);
        }
    }

    /** What was forgotten, null if it was not there. */
    private @Nullable KeptReading forget(long seq) {
        KeptReading entry = entries.get(seq);
        if (entry != null) {
            entries.remove(seq);
            if (entries.isEmpty()) {
                entries = Collections.emptyNavigableMap();
            }
            waitsNot(seq);
            if (entry.held != null) {
                heldBack.remove(entry.held);
            }
            formers.remove(entry);
            letGoIfEmpty();
        }
        return entry;
    }

    /** From now on the reading waits for a message. */
    private void waits(KeptReading entry) {
        if (waiting.isEmpty()) {
            waiting = new TreeMap<>();
        }
        waiting.put(entry.seq, entry);
    }

    /** From now on it does not, if it did. */
    private void waitsNot(long seq) {
        if (!waiting.isEmpty()) {
            waiting.remove(seq);
        }
        if (waiting.isEmpty()) {
            waiting = Collections.emptyNavigableMap();
        }
    }

    /** Those of {@code seqs} that are still kept, of which there is one: readings of one message, and so of one epoch. */
    private ReadingBatch batch(long nowMs, List<Long> seqs) {
        List<KeptReading> all = new ArrayList<>(seqs.size());
        for (long seq : seqs) {
            KeptReading entry = entries.get(seq);
            if (entry != null) {
                all.add(entry);
            }
        }
        return BatchCutter.all(nodeName, nowMs, port.wallTimeMs(), all);
    }

    private long jittered(long ms) {
        return ms + random.nextLong(ms / 4 + 1);
    }
}
