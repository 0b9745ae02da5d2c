package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;

/**
 * The timers and bounds of one link class (section 2.6 and the table of 2.7). Derived values are methods.
 *
 * @param helloMinMs Trickle Imin
 * @param helloMaxMs Trickle Imax
 * @param rtoInitMs retransmission timeout before the first measurement
 * @param rtoFloorMs smallest retransmission timeout
 * @param rtoCeilingMs largest retransmission timeout
 * @param maxRetransmit repetitions of a hop message after its first transmission
 * @param alternateAfterSends unanswered sends after which the alternate is used
 * @param windowMax largest number of unacknowledged hop messages per neighbour
 * @param routeLifeMs L
 * @param alternateLifeMs A
 * @param messageLifeMs D
 * @param gatewayPeriodMs T_gw: a gateway raises its sequence number this often
 * @param registerPeriodMs REG: a node lets its downward route be refreshed this often
 * @param queuePerDestination DATA messages held per destination
 * @param queueTotal DATA messages held in all
 * @param queueAgeMs longest time that a relay holds a message
 * @param frameOverhead airtime of an empty frame with its link acknowledgement, in 10 us units
 */
public record RoutingParameters(
        long helloMinMs,
        long helloMaxMs,
        long rtoInitMs,
        long rtoFloorMs,
        long rtoCeilingMs,
        int maxRetransmit,
        int alternateAfterSends,
        int windowMax,
        long routeLifeMs,
        long alternateLifeMs,
        long messageLifeMs,
        long gatewayPeriodMs,
        long registerPeriodMs,
        int queuePerDestination,
        int queueTotal,
        long queueAgeMs,
        long frameOverhead) {
    private static final int COST_PROBE_BITS = 128 * 8;

    public RoutingParameters {
        if (helloMinMs < 1
                || helloMaxMs < helloMinMs
                || rtoFloorMs < 1
                || rtoInitMs < rtoFloorMs
                || rtoCeilingMs < rtoInitMs
                || maxRetransmit < 0
                || alternateAfterSends < 1
                || windowMax < 1
                || routeLifeMs < 1
                || alternateLifeMs < 1
                || messageLifeMs < 1
                || gatewayPeriodMs < 1
                || registerPeriodMs < 1
                || queuePerDestination < 1
                || queueTotal < 1
                || queueAgeMs < 1
                || frameOverhead < 0) {
            throw new IllegalArgumentException("impossible routing parameters");
        }
    }

    /** The defaults of section 2.6. */
    public static RoutingParameters of(LinkClass linkClass) {
        return switch (linkClass) {
            case ETHERNET ->
                new RoutingParameters(
                        1_000, 60_000, 100, 20, 1_000, 3, 2, 16, 300_000, 60_000, 5_000, 300_000, 300_000, 32, 2_048,
                        60_000, 4);
            case WIFI ->
                new RoutingParameters(
                        1_000, 60_000, 250, 50, 2_000, 3, 2, 8, 300_000, 60_000, 10_000, 300_000, 300_000, 16, 512,
                        60_000, 33);
            case LORA ->
                new RoutingParameters(
                        60_000,
                        1_800_000,
                        8_000,
                        3_000,
                        60_000,
                        2,
                        1,
                        1,
                        21_600_000,
                        3_600_000,
                        120_000,
                        7_200_000,
                        7_200_000,
                        4,
                        64,
                        7_200_000,
                        6_800);
        };
    }

    /** These parameters with another HELLO Trickle range, for tests and demonstrations. */
    public RoutingParameters withHello(long minMs, long maxMs) {
        return new RoutingParameters(
                minMs,
                maxMs,
                rtoInitMs,
                rtoFloorMs,
                rtoCeilingMs,
                maxRetransmit,
                alternateAfterSends,
                windowMax,
                routeLifeMs,
                alternateLifeMs,
                messageLifeMs,
                gatewayPeriodMs,
                registerPeriodMs,
                queuePerDestination,
                queueTotal,
                queueAgeMs,
                frameOverhead);
    }

    /** These parameters with other announcement periods, for tests and demonstrations. */
    public RoutingParameters withPeriods(long gatewayMs, long registerMs) {
        return new RoutingParameters(
                helloMinMs,
                helloMaxMs,
                rtoInitMs,
                rtoFloorMs,
                rtoCeilingMs,
                maxRetransmit,
                alternateAfterSends,
                windowMax,
                routeLifeMs,
                alternateLifeMs,
                messageLifeMs,
                gatewayMs,
                registerMs,
                queuePerDestination,
                queueTotal,
                queueAgeMs,
                frameOverhead);
    }

    /** H = 1.02 (L + A + D), U6: how long a feasibility distance outlives its last announcement. */
    public long tombstoneMs() {
        long sum = routeLifeMs + alternateLifeMs + messageLifeMs;
        return sum + (sum + 49) / 50;
    }

    /** How long a gateway entry lives without a newer sequence number. */
    public long gatewayLifetimeMs() {
        return gatewayPeriodMs * 5 / 2;
    }

    /** Silence after which a neighbour is down, given the HELLO interval it announced: 3.5 intervals. */
    public long silenceMs(long announcedIntervalMs) {
        long interval = Math.max(helloMinMs, Math.min(announcedIntervalMs, helloMaxMs));
        return interval * 7 / 2;
    }

    /** Airtime of 128 bytes at {@code rateKbps} in 10 us units. */
    long airtime(int rateKbps) {
        return frameOverhead + Math.max(1, COST_PROBE_BITS * 100L / rateKbps);
    }
}
