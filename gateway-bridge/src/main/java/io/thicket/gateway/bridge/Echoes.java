package io.thicket.gateway.bridge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Readings of this gateway that did not come back from the broker yet. All gateways of a site hear the same, so how far they lag is how far
 * all lag; and a broker drops what it cannot bring them fast enough (mosquitto beyond 1000 messages for one client, which it sends 20 at a
 * time). Who did not hear of a reading may publish it again, so the gateways together publish no faster than they hear.
 */
final class Echoes {
    /** Readings on their way of all gateways together: with their pages and claims hardly more than what a broker keeps for one of them. */
    static final int OF_SITE = 400;

    /** One that has not come back by then was dropped. */
    static final long BACK_WITHIN_MS = 2_000;

    /** If so many did not come back, and no other gateway's did, the broker does not let this one read them: there is nothing to wait for. */
    static final int DEAF_AFTER = 20;

    /** By reading, when it was sent. */
    private final Map<HeldReading.Key, Long> sent = new LinkedHashMap<>();

    /** Both on this connection. */
    private boolean heardAny;

    private long dropped;

    /** Whether one more may be sent by one of so many gateways, itself included. */
    boolean hasRoom(long nowMs, int gateways) {
        forgetDropped(nowMs);
        boolean hearsNone = !heardAny && dropped >= DEAF_AFTER;
        return hearsNone || sent.size() < Math.max(1, OF_SITE / gateways);
    }

    /** Who is alone never asks {@link #hasRoom}. */
    void sent(long nowMs, HeldReading.Key key) {
        forgetDropped(nowMs);
        sent.remove(key); // the order is that of the times
        sent.put(key, nowMs);
    }

    /** A reading came, this gateway's or another's. */
    void heard(HeldReading.Key key) {
        heardAny = true;
        sent.remove(key);
    }

    /** The broker refused the reading. */
    void refused(HeldReading.Key key) {
        sent.remove(key);
    }

    /** A new connection: nothing is on its way. */
    void clear() {
        sent.clear();
        heardAny = false;
        dropped = 0;
    }

    /** Readings on their way, and what was dropped lately. */
    int size() {
        return sent.size();
    }

    private void forgetDropped(long nowMs) {
        Iterator<Long> oldest = sent.values().iterator();
        while (oldest.hasNext() && nowMs - oldest.next() >= BACK_WITHIN_MS) {
            oldest.remove();
            dropped++;
        }
    }
}
