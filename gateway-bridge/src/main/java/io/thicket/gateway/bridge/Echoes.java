package io.thicket.gateway.bridge;

/**
 * Readings of this gateway that did not come back from the broker yet. All gateways of a site hear the same, so how far they lag is how far
 * all lag; and a broker drops what it cannot bring them fast enough (mosquitto beyond 1000 messages for one client, which it sends 20 at a
 * time). Who did not hear of a reading may publish it again, so the gateways together publish no faster than they hear.
 */
final class Echoes {
    /** Readings on their way of all gateways together: with their pages and claims hardly more than what a broker keeps for one of them. */
    static final int OF_SITE = 400;

    static final long BACK_WITHIN_MS = 2_000;

    /** If so many did not come back, and no other gateway's did, the broker does not let this one read them: there is nothing to wait for. */
    static final int DEAF_AFTER = 20;

    private final Awaited<HeldReading.Key> awaited = new Awaited<>(BACK_WITHIN_MS);

    /** Whether one more may be sent by one of so many gateways, itself included; {@code heardAny}: a reading came on this connection, of whichever gateway. */
    boolean hasRoom(long nowMs, int gateways, boolean heardAny) {
        boolean hearsNone = !heardAny && awaited.dropped(nowMs) >= DEAF_AFTER;
        return hearsNone || awaited.size(nowMs) < Math.max(1, OF_SITE / gateways);
    }

    /** Who is alone never asks {@link #hasRoom}. */
    void sent(long nowMs, HeldReading.Key key) {
        awaited.sent(nowMs, key);
    }

    /** Whether none is on its way. */
    boolean isNone() {
        return awaited.isEmpty();
    }

    /** A reading came, this gateway's or another's. */
    void heard(HeldReading.Key key) {
        awaited.back(key);
    }

    /** The broker refused the reading. */
    void refused(HeldReading.Key key) {
        awaited.back(key);
    }

    /** A new connection: nothing is on its way. */
    void clear() {
        awaited.clear();
    }
}
