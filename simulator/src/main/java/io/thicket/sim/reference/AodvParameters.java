package io.thicket.sim.reference;

/**
 * The constants of RFC 3561 s10 and what its implementations add.
 *
 * @param reading how the unclear places are read
 * @param activeRouteTimeoutMs ACTIVE_ROUTE_TIMEOUT
 * @param myRouteTimeoutMs MY_ROUTE_TIMEOUT: the lifetime that a destination puts into its RREP
 * @param netDiameter NET_DIAMETER in hops
 * @param nodeTraversalTimeMs NODE_TRAVERSAL_TIME
 * @param timeoutBuffer TIMEOUT_BUFFER
 * @param ttlStart TTL_START of the expanding ring
 * @param ttlIncrement TTL_INCREMENT
 * @param ttlThreshold TTL_THRESHOLD
 * @param rreqRetries RREQ_RETRIES at the full diameter
 * @param rreqRateLimit RREQ_RATELIMIT, own RREQs a second
 * @param rerrRateLimit RERR_RATELIMIT, RERRs a second
 * @param hello whether hello messages are sent and listened to (s6.9)
 * @param helloOnlyWhenActive s6.9's advice that only nodes on active routes send them
 * @param helloIntervalMs HELLO_INTERVAL
 * @param allowedHelloLoss ALLOWED_HELLO_LOSS
 * @param destinationOnly the D flag in every own RREQ
 * @param gratuitousRrep the G flag in every own RREQ
 * @param relayEveryRrep relay an RREP that does not improve the own table too; the RFC (s6.7) does not
 * @param blacklist whether a neighbour that an RREP could not be sent to is ignored for a while (s6.8)
 * @param waitAfterReboot s6.13: a node that starts again takes no part in discovery for DELETE_PERIOD
 * @param salvageOwn whether the origin queues a packet again that its first hop did not take; not in the RFC
 * @param queuePackets own packets that wait for a route
 * @param queueMs how long each of them waits
 * @param broadcastJitterMs broadcasts wait a uniform time up to this, so that relays do not collide
 */
public record AodvParameters(
        AodvReading reading,
        long activeRouteTimeoutMs,
        long myRouteTimeoutMs,
        int netDiameter,
        long nodeTraversalTimeMs,
        int timeoutBuffer,
        int ttlStart,
        int ttlIncrement,
        int ttlThreshold,
        int rreqRetries,
        int rreqRateLimit,
        int rerrRateLimit,
        boolean hello,
        boolean helloOnlyWhenActive,
        long helloIntervalMs,
        int allowedHelloLoss,
        boolean destinationOnly,
        boolean gratuitousRrep,
        boolean relayEveryRrep,
        boolean blacklist,
        boolean waitAfterReboot,
        boolean salvageOwn,
        int queuePackets,
        long queueMs,
        int broadcastJitterMs) {
    /** RFC 3561 with link-layer feedback instead of hellos, 64 packets of queue for 30 s, 10 ms of jitter. */
    public static final AodvParameters RFC3561 = new AodvParameters(
            AodvReading.RESOLVED,
            3_000,
            6_000,
            35,
            40,
            2,
            1,
            2,
            7,
            2,
            10,
            10,
            false,
            true,
            1_000,
            2,
            false,
            true,
            false,
            true,
            true,
            false,
            64,
            30_000,
            10);

    /**
     * For comparisons: as {@link #RFC3561}, and an RREP reaches its originator even if a relay on the way knew the route
     * already. By the letter of s6.7 it ends there, and the search fails until that route has expired.
     */
    public static final AodvParameters USUAL = RFC3561.withRelayEveryRrep(true);

    /** RFC 3561 s10: K = 5 in DELETE_PERIOD. */
    private static final int K = 5;

    public AodvParameters {
        if (netDiameter < 1 || netDiameter > 255 || ttlStart < 1 || ttlIncrement < 1 || rreqRetries < 0) {
            throw new IllegalArgumentException("ring of " + ttlStart + "+" + ttlIncrement + " up to " + netDiameter);
        }
        if (activeRouteTimeoutMs < 1 || myRouteTimeoutMs < 1 || nodeTraversalTimeMs < 1 || helloIntervalMs < 1) {
            throw new IllegalArgumentException("times are at least 1 ms");
        }
        if (rreqRateLimit < 1 || rerrRateLimit < 1 || queuePackets < 1 || queueMs < 1 || broadcastJitterMs < 0) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    /** NET_TRAVERSAL_TIME. */
    long netTraversalTimeMs() {
        return 2 * nodeTraversalTimeMs * netDiameter;
    }

    /** PATH_DISCOVERY_TIME. */
    long pathDiscoveryTimeMs() {
        return 2 * netTraversalTimeMs();
    }

    /** RING_TRAVERSAL_TIME for a ring of {@code ttl} hops. */
    long ringTraversalTimeMs(int ttl) {
        return 2 * nodeTraversalTimeMs * (ttl + timeoutBuffer);
    }

    /** DELETE_PERIOD. */
    long deletePeriodMs() {
        return K * Math.max(activeRouteTimeoutMs, helloIntervalMs);
    }

    /** BLACKLIST_TIMEOUT. */
    long blacklistTimeoutMs() {
        return rreqRetries * netTraversalTimeMs();
    }

    /** How long a neighbour that said hello may be silent. */
    long helloLossMs() {
        return allowedHelloLoss * helloIntervalMs;
    }

    public AodvParameters withReading(AodvReading value) {
        return copy(
                value,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    /** Another ACTIVE_ROUTE_TIMEOUT, and MY_ROUTE_TIMEOUT at twice that (s10). */
    public AodvParameters withActiveRouteTimeout(long ms) {
        return copy(
                reading,
                ms,
                2 * ms,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withMyRouteTimeout(long ms) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                ms,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withNetDiameter(int hops) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                hops,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withHello(boolean sent, boolean onlyWhenActive) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                sent,
                onlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withDestinationOnly(boolean value) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                value,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withGratuitousRrep(boolean value) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                value,
                relayEveryRrep,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withRelayEveryRrep(boolean value) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                value,
                blacklist,
                salvageOwn);
    }

    public AodvParameters withBlacklist(boolean value) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                value,
                salvageOwn);
    }

    public AodvParameters withSalvageOwn(boolean value) {
        return copy(
                reading,
                activeRouteTimeoutMs,
                myRouteTimeoutMs,
                netDiameter,
                hello,
                helloOnlyWhenActive,
                destinationOnly,
                gratuitousRrep,
                relayEveryRrep,
                blacklist,
                value);
    }

    private AodvParameters copy(
            AodvReading newReading,
            long newActiveRouteTimeoutMs,
            long newMyRouteTimeoutMs,
            int newNetDiameter,
            boolean newHello,
            boolean newHelloOnlyWhenActive,
            boolean newDestinationOnly,
            boolean newGratuitousRrep,
            boolean newRelayEveryRrep,
            boolean newBlacklist,
            boolean newSalvageOwn) {
        return new AodvParameters(
                newReading,
                newActiveRouteTimeoutMs,
                newMyRouteTimeoutMs,
                newNetDiameter,
                nodeTraversalTimeMs,
                timeoutBuffer,
                ttlStart,
                ttlIncrement,
                ttlThreshold,
                rreqRetries,
                rreqRateLimit,
                rerrRateLimit,
                newHello,
                newHelloOnlyWhenActive,
                helloIntervalMs,
                allowedHelloLoss,
                newDestinationOnly,
                newGratuitousRrep,
                newRelayEveryRrep,
                newBlacklist,
                waitAfterReboot,
                newSalvageOwn,
                queuePackets,
                queueMs,
                broadcastJitterMs);
    }
}
