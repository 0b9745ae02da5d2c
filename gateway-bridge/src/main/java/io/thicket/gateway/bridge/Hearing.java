package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Whether this gateway has heard everything that the broker kept for it. After each connection it publishes a marker to a topic of its
 * own; once that comes back, what was queued before it has come, too. A second marker gives brokers that do not keep
 * the order between subscriptions the time to deliver the rest.
 *
 * <p>A broker drops what it cannot keep for a client that is away, and tells nobody. Where much was kept, more may have been: then the pages
 * are asked for again, now that there is room for them, and those that were not yet written are waited for.
 */
final class Hearing {
    /** Without its marker for this long a gateway goes on, deaf. */
    static final long PATIENCE_MS = 5_000;

    /**
     * Readings published while this gateway was away, from which on some may have been dropped. The broker's limit is not known here:
     * mosquitto keeps 1000 messages, earlier versions 100, and half of them or so are pages.
     */
    static final int MANY = 40;

    /** From the first marker to the second where much was kept: whoever publishes a reading writes its page within 2 s. */
    static final long PAGES_MS = 3_000;

    private static final int MARKERS = 2;
    private static final long NEVER = Long.MAX_VALUE;

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
    private boolean wasAway;
    private long readings;
    private boolean wantsPages;
    private long nextMarkerAtMs = NEVER;

    /** A connection; returns the marker to publish, null if nothing can be heard. */
    @Nullable
    String begin(long nowMs, BrokerSession session, String unique) {
        readings = 0;
        gaveUp = session == BrokerSession.DEAF;
        if (gaveUp) {
            state = State.DEAF;
            return null;
        }
        state = State.CATCHING_UP;
        sinceMs = nowMs;
        heard = 0;
        wasAway = session == BrokerSession.KEPT;
        nextMarkerAtMs = NEVER;
        return next(unique);
    }

    /** A reading came, of whichever gateway. */
    void heardReading() {
        readings++;
    }

    /** Whether one came on this connection. */
    boolean hasHeardReading() {
        return readings > 0;
    }

    /** A marker came back; returns the next one to publish now, null if there is none. */
    @Nullable
    String heard(long nowMs, String text, String unique) {
        if (state != State.CATCHING_UP || !text.equals(marker)) {
            return null; // Of a former connection.
        }
        heard++;
        if (heard == MARKERS) {
            state = State.UP_TO_DATE;
            return null;
        }
        if (wasAway && readings >= MANY) {
            wantsPages = true;
            marker = "";
            nextMarkerAtMs = nowMs + PAGES_MS;
            sinceMs = nextMarkerAtMs;
            return null;
        }
        return next(unique);
    }

    /** Whether the pages are to be asked for again; said once. */
    boolean takeWantsPages() {
        boolean wanted = wantsPages;
        wantsPages = false;
        return wanted;
    }

    /** The marker that was put off, once it is time for it, else null. */
    @Nullable
    String dueMarker(long nowMs, String unique) {
        if (state != State.CATCHING_UP || nowMs < nextMarkerAtMs) {
            return null;
        }
        nextMarkerAtMs = NEVER;
        return next(unique);
    }

    private String next(String unique) {
        number++;
        marker = unique + "-" + number;
        return marker;
    }

    /** The connection is gone. */
    void lost() {
        state = State.DEAF;
        wantsPages = false;
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
