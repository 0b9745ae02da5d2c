package io.thicket.agent.outbox;

import io.thicket.routing.MeshRouter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of an outbox that wait for their settlement, in the order in which they were sent first. */
final class SendWindow {
    /** Most messages at one time. */
    static final int SIZE = 8;

    /** Most of them whose reading was called too large before: it may be so for ever. */
    static final int MAX_RETRIES = SIZE / 2;

    /** Of outboxes that wait for nothing. Never written to. */
    static final SendWindow EMPTY = new SendWindow();

    private final List<Message> messages = new ArrayList<>(1);

    void add(Message message) {
        messages.add(message);
    }

    void remove(Message message) {
        messages.remove(message);
    }

    boolean contains(Message message) {
        return messages.contains(message);
    }

    @Nullable
    Message of(long number) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.number == number) {
                return message;
            }
        }
        return null;
    }

    /** All at this time. */
    List<Message> all() {
        return List.copyOf(messages);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    boolean hasRoom() {
        return messages.size() < SIZE;
    }

    boolean hasRoomForRetry() {
        int retries = 0;
        for (int i = 0; i < messages.size(); i++) {
            retries += messages.get(i).isRetry ? 1 : 0;
        }
        return hasRoom() && retries < MAX_RETRIES;
    }

    /** When the first is to be repeated, {@link MeshRouter#NEVER} without any. */
    long nextMs() {
        long next = MeshRouter.NEVER;
        for (int i = 0; i < messages.size(); i++) { // asked after each call of the outbox
            next = Math.min(next, messages.get(i).repeatAtMs);
        }
        return next;
    }

    /** One message in flight. */
    static final class Message {
        final long number;

        /** Those that are {@linkplain KeptReading#gone gone} are taken out when it is repeated. */
        final List<KeptReading> readings;

        /** Whether it had more than one at first: if it is refused, nobody knows for which. */
        final boolean hadOthers;

        /** Whether its one reading was called too large before. */
        final boolean isRetry;

        int turn;
        long intervalMs = Delivery.FIRST_REPEAT_MS;
        long repeatAtMs;

        /** A new one. */
        Message(long number, List<KeptReading> readings, long repeatAtMs) {
            this(number, 0, readings, false, repeatAtMs);
        }

        private Message(long number, int turn, List<KeptReading> readings, boolean isRetry, long repeatAtMs) {
            this.number = number;
            this.turn = turn;
            this.readings = readings;
            this.hadOthers = readings.size() > 1;
            this.isRetry = isRetry;
            this.repeatAtMs = repeatAtMs;
        }

        /** One with a reading that was held back. */
        static Message retry(long number, int turn, KeptReading reading, long repeatAtMs) {
            return new Message(number, turn, new ArrayList<>(List.of(reading)), true, repeatAtMs);
        }

        void dropGone() {
            readings.removeIf(reading -> reading.gone);
        }
    }
}
