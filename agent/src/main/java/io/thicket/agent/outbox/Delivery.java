package io.thicket.agent.outbox;

import io.thicket.agent.outbox.SendWindow.Message;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.SettleStatus;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How the readings of an outbox get to a gateway: which of them share a message, when it is repeated, and what they do when it is refused. How
 * many there may be, and for how long, is no matter of this: it has whatever was {@linkplain #add added} and not {@linkplain #forget forgotten}, and
 * says to {@link Fates} what became of it.
 *
 * <pre>
 *   waiting    -- sent --------------------------------------> in flight
 *   waiting    -- too large for the own links, alone --------> held back
 *   in flight  -- no answer to its turns, or a batch refused -> waiting
 *   in flight  -- too large, alone --------------------------> held back
 *   in flight  -- settled, or refused alone -----------------> Fates
 *   held back  -- after its pause ---------------------------> in flight
 *   held back  -- too large once too often ------------------> Fates
 * </pre>
 *
 * A message that was given up for another one may still be answered: {@link FormerMessages} knows its readings as long as they are here.
 */
final class Delivery {
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
    private final OutboxPort port;
    private final RandomGenerator random;
    private final Fates fates;

    /** Those that are in no message and not held back. */
    private final ReadingsBySeq waiting = new ReadingsBySeq();

    private HeldBack heldBack = HeldBack.NOTHING;
    private FormerMessages formers = FormerMessages.NONE;

    /** Of its own only while something is in flight. */
    private SendWindow inFlight = SendWindow.EMPTY;

    private long retryAtMs = MeshRouter.NEVER;
    private boolean closed;

    /** Who is told what became of a reading; {@link #forget} follows before the call returns. */
    interface Fates {
        /** A gateway has it. */
        void settled(KeptReading reading);

        /** It cannot be delivered. */
        void lost(KeptReading reading, LossReason reason);
    }

    Delivery(String nodeName, OutboxPort port, RandomGenerator random, Fates fates) {
        this.nodeName = nodeName;
        this.port = port;
        this.random = random;
        this.fates = fates;
    }

    /** A new reading, which is sent if the window allows. */
    void add(long nowMs, KeptReading reading) {
        waiting.add(reading);
        pump(nowMs);
    }

    /** The reading is {@linkplain KeptReading#gone gone}: messages that have it go on without it. */
    void forget(KeptReading reading) {
        waiting.remove(reading);
        if (reading.held != null) {
            heldBack.remove(reading.held);
        }
        formers.remove(reading);
        letGoIfEmpty();
    }

    /** A gateway settled message {@code number}, however late. Unknown numbers are ignored. */
    void onSettled(long nowMs, long number, SettleStatus status) {
        Message message = inFlight.of(number);
        FormerMessages.Former former = message == null ? formers.of(number) : null;
        if (message != null) {
            ended(message);
            message.readings.forEach(reading -> settled(reading, status, message.hadOthers));
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
        List.copyOf(former.readings()).forEach(reading -> settled(reading, status, false));
        for (Message message : inFlight.all()) {
            if (message.readings.stream().allMatch(reading -> reading.gone)) {
                ended(message);
            }
        }
    }

    private void settled(KeptReading reading, SettleStatus status, boolean hadOthers) {
        if (reading.gone) {
            return;
        }
        if (status == SettleStatus.REFUSED && hadOthers) {
            askAlone(reading);
        } else if (status == SettleStatus.REFUSED) {
            fates.lost(reading, LossReason.REFUSED);
        } else {
            fates.settled(reading);
        }
    }

    /** The router gave message {@code number} back undelivered. */
    void onDropped(long nowMs, long number, DropReason reason) {
        Message message = inFlight.of(number);
        if (message == null) {
            return; // also what came of a former one, which says nothing of those after it
        }
        if (reason == DropReason.TOO_LARGE && message.readings.size() > 1) {
            cutSmaller(nowMs, message);
            pump(nowMs);
        } else if (reason == DropReason.TOO_LARGE) {
            holdBack(nowMs, message);
            pump(nowMs);
        } else {
            message.repeatAtMs = Math.min(message.repeatAtMs, nowMs + jittered(RETRY_MS));
        }
    }

    /** The mesh may take more now. */
    void onReady(long nowMs) {
        pump(nowMs);
    }

    /** Does what is due. */
    void onDeadline(long nowMs) {
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
    long nextDeadlineMs() {
        return Math.min(Math.min(retryAtMs, heldBackMs()), inFlight.nextMs());
    }

    /** See {@link Outbox#askNow}. */
    void askNow(long nowMs) {
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

    /** From now on no message is made. */
    void close() {
        closed = true;
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
        ReadingBatch batch = BatchCutter.cut(nodeName, nowMs, port.wallTimeMs(), waiting.all(), port::maxPayloadBytes);
        List<KeptReading> readings = waiting.first(batch.readings().size());
        long number = send(batch, 0, 0);
        if (number == UNSENDABLE) {
            fates.lost(readings.get(0), LossReason.TOO_LARGE);
        } else if (number == MeshRouter.Refusal.TOO_LARGE && readings.size() == 1) {
            holdBack(nowMs, readings.get(0), 0, 0);
        } else if (number <= 0) {
            full(nowMs);
        } else {
            readings.forEach(waiting::remove);
            sent(new Message(number, readings, nowMs + jittered(FIRST_REPEAT_MS)));
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
        KeptReading reading = held.reading();
        boolean isRepetition = held.number() != 0 && held.turn() < MAX_TURNS;
        int turn = isRepetition ? held.turn() + 1 : 0;
        long number = send(batch(nowMs, List.of(reading)), isRepetition ? held.number() : 0, turn);
        if (number == UNSENDABLE) {
            fates.lost(reading, LossReason.TOO_LARGE);
        } else if (number == MeshRouter.Refusal.TOO_LARGE) {
            heldBack.remove(held);
            holdBack(nowMs, reading, held.number(), held.turn());
        } else if (number <= 0) {
            full(nowMs);
        } else {
            heldBack.remove(held);
            sent(Message.retry(number, turn, reading, nowMs + jittered(FIRST_REPEAT_MS)));
            if (isRepetition) {
                port.repeated();
            }
        }
        letGoIfEmpty();
    }

    /** A message of one reading was called too large. */
    private void holdBack(long nowMs, Message message) {
        givenUp(message);
        KeptReading reading = message.readings.get(0);
        if (!reading.gone) {
            // A number that others had, too, is none of its own.
            holdBack(nowMs, reading, message.hadOthers ? 0 : message.number, message.turn);
        }
    }

    private void holdBack(long nowMs, KeptReading reading, long number, int turn) {
        waiting.remove(reading);
        reading.alone = true;
        reading.refusals++;
        holdingBack(nowMs).refused(nowMs, reading.refusals);
        if (reading.refusals >= HeldBack.MAX_REFUSALS) {
            fates.lost(reading, LossReason.TOO_LARGE);
        } else {
            long dueMs = nowMs + jittered(HeldBack.pauseMs(reading.refusals));
            heldBack.add(new HeldBack.Held(reading, number, turn, dueMs));
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
        for (KeptReading reading : message.readings) {
            if (!reading.gone) {
                if (formers == FormerMessages.NONE) {
                    formers = new FormerMessages();
                }
                formers.add(message.number, message.hadOthers, reading);
            }
        }
    }

    private void repeat(long nowMs, Message message) {
        if (!inFlight.contains(message)) {
            return;
        }
        message.dropGone();
        if (message.readings.isEmpty()) {
            ended(message);
            pump(nowMs);
            return;
        }
        if (message.turn >= MAX_TURNS) {
            cutAnew(nowMs, message);
            pump(nowMs);
            return;
        }
        long result = send(batch(nowMs, message.readings), message.number, message.turn + 1);
        boolean isTooLarge = result == MeshRouter.Refusal.TOO_LARGE || result == UNSENDABLE;
        if (isTooLarge && message.readings.size() > 1) {
            cutAnew(nowMs, message);
            pump(nowMs);
        } else if (result == UNSENDABLE) {
            ended(message);
            fates.lost(message.readings.get(0), LossReason.TOO_LARGE);
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
        for (KeptReading reading : message.readings) {
            if (message.isRetry) {
                holdingBack(nowMs).add(new HeldBack.Held(reading, message.number, message.turn, nowMs));
            } else {
                waiting.add(reading);
            }
        }
    }

    /** A hop called the batch too large. What the path is said to take goes by that; else nobody knows what would fit. */
    private void cutSmaller(long nowMs, Message message) {
        message.dropGone();
        if (message.readings.isEmpty()) {
            ended(message);
            return;
        }
        if (!BatchCutter.fits(batch(nowMs, message.readings), port.maxPayloadBytes())) {
            cutAnew(nowMs, message);
            return;
        }
        givenUp(message);
        message.readings.forEach(this::askAlone);
    }

    /** One reading of a refused batch: the others may be fine or even published, so each asks for its own answer. */
    private void askAlone(KeptReading reading) {
        reading.alone = true;
        waiting.add(reading);
    }

    /** Readings of one message, and so of one epoch. */
    private ReadingBatch batch(long nowMs, List<KeptReading> readings) {
        return BatchCutter.all(nodeName, nowMs, port.wallTimeMs(), readings);
    }

    private long jittered(long ms) {
        return ms + random.nextLong(ms / 4 + 1);
    }
}
