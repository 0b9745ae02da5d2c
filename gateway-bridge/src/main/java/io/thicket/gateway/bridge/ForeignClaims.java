package io.thicket.gateway.bridge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What other gateways claimed and did not publish yet. Asked about each reading of the site, and hardly ever with one in it: thousands come when a network starts,
 * so what they needed is given back.
 */
final class ForeignClaims {
    /** So many are remembered; the oldest gives way. */
    static final int MAX = 10_000;

    /** A map that had this many times as many is replaced. */
    private static final int SHRINK = 8;

    private static final int SMALL = 64;

    /** By whom, and when that was heard. */
    record Claim(String gateway, long heardMs) {}

    /** In the order in which they were heard. */
    private Map<HeldReading.Key, Claim> claims = new LinkedHashMap<>();

    /** The most that were in the present map. */
    private int most;

    @Nullable
    Claim get(HeldReading.Key key) {
        return claims.isEmpty() ? null : claims.get(key);
    }

    /** The newest one, in the place of one of the same reading. */
    void put(HeldReading.Key key, String gateway, long heardMs) {
        claims.remove(key);
        claims.put(key, new Claim(gateway, heardMs));
        if (claims.size() > MAX) {
            removeOldest();
        }
        most = Math.max(most, claims.size());
    }

    /** The reading was published. */
    void remove(HeldReading.Key key) {
        if (!claims.isEmpty()) {
            claims.remove(key);
        }
    }

    /** Forgets those that were heard at {@code untilMs} or before it. */
    void forgetUntil(long untilMs) {
        while (!claims.isEmpty() && oldest().heardMs() - untilMs <= 0) {
            removeOldest();
        }
        if (most > SMALL && claims.size() <= most / SHRINK) {
            claims = new LinkedHashMap<>(claims); // a map never gets smaller
            most = claims.size();
        }
    }

    int size() {
        return claims.size();
    }

    private Claim oldest() {
        return claims.values().iterator().next();
    }

    private void removeOldest() {
        Iterator<Claim> all = claims.values().iterator();
        all.next();
        all.remove();
    }
}
