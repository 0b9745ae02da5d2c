package io.thicket.routing.engine;

import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Candidate} that is not the route but may become it. Those of one destination are a chain, which {@link KnownWays} keeps: the
 * link fills what the JVM would round up.
 */
final class Alternate extends Candidate {
    private boolean better;
    private int betterSinceMs;

    /** The next one of the same destination, null for the last. */
    @Nullable
    Alternate next;

    Alternate(long nowMs, NextHop hop, Seq seq, long advertised, int hops) {
        super(nowMs, hop, seq, advertised, hops);
    }

    /** The same advert, which was the route. */
    Alternate(Candidate former) {
        become(former);
    }

    /** It beats the current route: for how long without a break, 0 if it did not before. */
    int betterForMs(long nowMs) {
        if (!better) {
            better = true;
            betterSinceMs = (int) nowMs;
        }
        return (int) nowMs - betterSinceMs;
    }

    /** It does not beat the current route. */
    void notBetter() {
        better = false;
    }
}
