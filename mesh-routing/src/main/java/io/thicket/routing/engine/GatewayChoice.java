package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Which of the gateways known is the one for this node's anycast messages (2.5): the nearest, with its load counted in, and
 * rather one whose way leads to its broker. The choice stays with it until another one has been much better for a while, or
 * until it can not be used any more.
 *
 * <p>It keeps only which gateway that is and which one may come next; what gateways say is in the {@link GatewayTable}, the
 * ways to them are in the routing table, and what became of messages on these is in {@link E2eScores}.
 */
final class GatewayChoice {
    /** A better gateway must be better for so long. */
    private static final long PATIENCE_MS = 30_000;

    private final GatewayTable gateways;
    private final E2eScores scores;
    private @Nullable NodeId pinned;

    /** The one that is much better than {@link #pinned}, and since when it has been. */
    private @Nullable NodeId challenger;

    private int challengerSinceMs;

    GatewayChoice(GatewayTable gateways, E2eScores scores) {
        this.gateways = gateways;
        this.scores = scores;
    }

    /** 2.5: the gateway for anycast messages now; a switch needs 25 % for 30 s, or the present one's end. */
    @Nullable
    NodeId choose(long nowMs) {
        if (gateways.size() == 0) {
            challenger = null;
            return null; // asked after every frame
        }
        KnownGateway best = best(nowMs);
        if (best == null) {
            challenger = null;
            return null; // the pin is kept for the case that it comes back
        }
        boolean bestTrusted = isTrusted(best, best.route); // which was looked up just now
        NodeId present = pinned;
        if (best.id.equals(present)) {
            challenger = null;
            return present; // as nearly always
        }
        KnownGateway current = present == null ? null : gateways.get(present);
        long bestScore = score(nowMs, best);
        long currentScore = current == null ? -1 : score(nowMs, current);
        if (current == null || currentScore < 0 || bestTrusted && !isTrusted(current)) {
            pinned = best.id;
            challenger = null;
        } else if (!isMuchBetter(bestScore, currentScore)) {
            challenger = null;
        } else if (!best.id.equals(challenger)) {
            challenger = best.id;
            challengerSinceMs = (int) nowMs;
        } else if ((int) nowMs - challengerSinceMs >= PATIENCE_MS) {
            pinned = best.id;
            challenger = null;
        }
        return pinned;
    }

    /** Whether {@link #choose} would change nothing now. */
    boolean isSettled(long nowMs) {
        if (challenger != null) {
            return false; // it is waited for
        }
        KnownGateway best = best(nowMs);
        if (best == null || best.id.equals(pinned)) {
            return true; // as nearly always
        }
        KnownGateway current = settled();
        long currentScore = current == null ? -1 : score(nowMs, current);
        return current != null
                && currentScore >= 0
                && (isTrusted(current) || !isTrusted(best))
                && !isMuchBetter(score(nowMs, best), currentScore);
    }

    /** The gateway in use, whether it can be used now or not. */
    @Nullable
    KnownGateway settled() {
        NodeId present = pinned;
        return present == null ? null : gateways.get(present);
    }

    /** The present choice, unchanged, if it can be used now. */
    @Nullable
    NodeId pinned(long nowMs) {
        KnownGateway gateway = settled();
        return gateway != null && score(nowMs, gateway) >= 0 ? gateway.id : null;
    }

    /** The MTU of the path to the gateway in use, as far as it is known; else the largest there is. */
    int pathMtuBytes(long nowMs) {
        NodeId present = pinned(nowMs);
        KnownGateway gateway = present == null ? null : gateways.get(present);
        return gateway == null ? LinkInfo.MAX_MTU_BYTES : gateway.mtuBytes;
    }

    /**
     * Whether there are so many gateways to which readings can go now, over ways that are no longer than {@code metric} whatever their load, that one
     * at this distance would be neither chosen nor passed on; of two at the same one the smaller NodeId would be, which does not matter here.
     */
    boolean hasNearer(long nowMs, long metric) {
        int nearer = 0;
        for (int i = 0; i < gateways.size(); i++) {
            KnownGateway gateway = gateways.at(i);
            long score = score(nowMs, gateway);
            nearer += score >= 0 && score <= metric && isTrusted(gateway) ? 1 : 0;
        }
        return nearer >= GatewayTable.READVERTISED;
    }

    private @Nullable KnownGateway best(long nowMs) {
        KnownGateway best = null;
        long bestScore = -1;
        boolean bestTrusted = false;
        int size = gateways.size();
        for (int i = 0; i < size; i++) {
            KnownGateway gateway = gateways.at(i);
            RouteEntry route = gateways.routeOf(gateway);
            long score = score(nowMs, gateway, route);
            boolean trusted = isTrusted(gateway, route);
            // A way that does not lead to the broker is no way, however short: any other comes first.
            boolean better = trusted == bestTrusted ? score < bestScore : trusted;
            if (score >= 0 && (best == null || better)) {
                bestTrusted = trusted;
                best = gateway;
                bestScore = score;
            }
        }
        return best;
    }

    private static boolean isMuchBetter(long score, long presentScore) {
        return score * 5 <= presentScore * 4;
    }

    private long score(long nowMs, KnownGateway gateway) {
        return score(nowMs, gateway, gateways.routeOf(gateway));
    }

    /** metric * (1 + load), or -1 if anycast messages can not go there. */
    private static long score(long nowMs, KnownGateway gateway, @Nullable RouteEntry route) {
        long metric = route == null ? -1 : route.metric();
        if (metric < 0 || !gateway.isOffered(nowMs) || !gateway.accepting) {
            return -1;
        }
        return metric * (100 + gateway.loadPercent) / 100;
    }

    private boolean isTrusted(KnownGateway gateway) {
        return isTrusted(gateway, gateways.routeOf(gateway));
    }

    private boolean isTrusted(KnownGateway gateway, @Nullable RouteEntry route) {
        return route != null && !scores.isDistrusted(gateway.id, route);
    }
}
