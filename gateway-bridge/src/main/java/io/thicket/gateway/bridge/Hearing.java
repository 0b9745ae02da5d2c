package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Whether this gateway has heard everything that the broker kept for it. After each connection it publishes a marker to a topic of its
 * own; once that comes back, what was queued before it has come, too. A second marker gives brokers that do not keep
 * the order between subscriptions the time to deliver the rest.
 */
final class Hearing {
    /** Without its marker for this long a gateway goes on, deaf. */
    static final long PATIENCE_MS = 5_000;

    private static final int MARKERS = 2;

    private enum State {
        DEAF,
        CATCHING_UP,
        UP_TO_DATE
    }

    private State state = State.DEAF;
    private long sinceMs;
    private long number;
    private int heard;
    private String marker = "";
    private boolean gaveUp;

    /** A connection; returns the marker to publish, null if nothing can be heard. */
    @Nullable
    String begin(long nowMs, BrokerSession session, String unique) {
        gaveUp = session == BrokerSession.DEAF;
        if (gaveUp) {
            state = State.DEAF;
            return null;
        }
        state = State.CATCHING_UP;
        sinceMs = nowMs;
        heard = 0;
        return next(unique);
    }

    /** A marker came back; returns the next one to publish, null if there is none. */
    @Nullable
    String heard(String text, String unique) {
        if (state != State.CATCHING_UP || !text.equals(marker)) {
            return null; // Of a former connection.
        }
        heard++;
        if (heard < MARKERS) {
            return next(unique);
        }
        state = State.UP_TO_DATE;
        return null;
    }

    private String next(String unique) {
        number++;
        marker = unique + "-" + number;
        return marker;
    }

    /** The connection is gone. */
    void lost() {
        state = State.DEAF;
    }

    /** Whether it waited long enough for its marker; said once. */
    boolean givesUp(long nowMs) {
        if (state != State.CATCHING_UP || nowMs - sinceMs < PATIENCE_MS) {
            return false;
        }
        state = State.DEAF;
        gaveUp = true;
        return true;
    }

    /** Whether readings may be published: nothing more will be heard of what came before. */
    boolean mayPublish() {
        return state != State.CATCHING_UP;
    }

    /** Whether it hears what other gateways publish. */
    boolean isUpToDate() {
        return state == State.UP_TO_DATE;
    }

    /** Whether the broker does not let it hear. */
    boolean isDeaf() {
        return gaveUp;
    }
}
