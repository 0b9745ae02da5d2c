package io.thicket.gateway.bridge;

import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readings between arrival and PUBACK, and the messages that brought them: each is settled once none of its readings is left here. */
final class HeldReadings {
    /** After it was full the bridge accepts again below this share. */
    private static final int ACCEPT_AGAIN_BELOW_PERCENT = 80;

    private final int max;
    private final BridgeCounters counters;
    private final BridgeEffects effects;
    private final Work work;
    private final Map<HeldReading.Key, HeldReading> held = new HashMap<>();
    private final Map<MessageId, WaitingMessage> waiting = new HashMap<>();
    private boolean full;

    /** Holds nothing yet, and at most {@code max} readings. */
    HeldReadings(int max, BridgeCounters counters, BridgeEffects effects, Work work) {
        this.max = max;
        this.counters = counters;
        this.effects = effects;
        this.work = work;
    }

    @Nullable
    HeldReading get(HeldReading.Key key) {
        return held.isEmpty() ? null : held.get(key);
    }

    Collection<HeldReading> all() {
        return held.values();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }

    int loadPercent() {
        return (int) Math.min(100, 100L * held.size() / max);
    }

    /** Whether it takes nothing new: it had to say no, and has not become much emptier since. */
    boolean isFull() {
        return full;
    }

    /** Whether so many new readings can be held. If not, it is full. */
    boolean hasRoomFor(int fresh) {
        if (fresh > 0 && (full || held.size() + fresh > max)) {
            full = true;
            return false;
        }
        return true;
    }

    /** Whether the message is here and not complete. */
    boolean isWaiting(MessageId message) {
        return waiting.containsKey(message);
    }

    int waitingMessages() {
        return waiting.size();
    }

    /** Holds a new reading for {@code message}. */
    void add(HeldReading reading, WaitingMessage message) {
        attach(reading, message);
        held.put(reading.key, reading);
        work.setHeld(held.size());
        reading.node.held++;
    }

    /** Another message brought a reading that is held. */
    void attach(HeldReading reading, WaitingMessage message) {
        WaitingMessage superseded = reading.attach(message);
        message.remaining++;
        if (superseded != null) {
            // Its origin put the reading into a newer message; nobody waits for this one any more.
            waiting.remove(superseded.id);
        }
    }

    /** All readings of the message were looked at: it is settled if none of them is held, and waits for those that are. */
    void arrived(WaitingMessage message) {
        if (message.remaining == 0) {
            settle(message.id, message.refused ? SettleStatus.REFUSED : SettleStatus.DUPLICATE);
        } else {
            waiting.put(message.id, message);
        }
    }

    /** The broker has the reading, or it was given up for good. */
    void done(HeldReading reading, boolean refusedForGood) {
        held.remove(reading.key);
        work.setHeld(held.size());
        reading.node.held--;
        if (refusedForGood) {
            reading.node.refused(reading.key.epoch(), reading.key.seq());
        }
        for (WaitingMessage message : reading.waiters()) {
            message.refused |= refusedForGood;
            message.remaining--;
            if (message.remaining == 0) {
                waiting.remove(message.id);
                settle(message.id, message.refused ? SettleStatus.REFUSED : SettleStatus.BROKER_ACKED);
            }
        }
        if (full && 100L * held.size() < (long) ACCEPT_AGAIN_BELOW_PERCENT * max) {
            full = false;
        }
    }

    /** Nobody can know whether the broker got what was on its way. */
    void doubtRepeats() {
        for (HeldReading reading : held.values()) {
            reading.doubtful |= reading.sentBefore;
        }
    }

    private void settle(MessageId message, SettleStatus status) {
        counters.add(BridgeCounter.SETTLEMENTS, 1);
        effects.settle(message, status);
    }
}
