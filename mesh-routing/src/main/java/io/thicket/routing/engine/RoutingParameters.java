package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import java.util.function.Consumer;

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
 * @param routeLifeMs L, six days at most, as A and D
 * @param alternateLifeMs A
 * @param messageLifeMs D
 * @param gatewayPeriodMs T_gw: a gateway raises its sequence number this often
 * @param registerPeriodMs REG: a node lets its downward route be refreshed this often
 * @param queuePerDestination DATA messages held per destination
 * @param queueTotal DATA messages held in all
 * @param queueAgeMs longest time that a relay holds a message
 * @param frameOverhead airtime of an empty frame with its link acknowledgement, in 10 us units
 * @param dutyPerMille share of time that a node may send on such a link unless its radio says otherwise, 1000 for no limit
 * @param discovery rings, waits and rates of on-demand discovery
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
        long frameOverhead,
        int dutyPerMille,
        DiscoveryParameters discovery) {
    /** 2.1: a hop costs the airtime of so many bytes. */
    static final int COST_PROBE_BYTES = 128;

    /** 18 hours: tables keep halves of times, and remember for the sum of several lives. */
    static final long LONGEST_LIFE_MS = 1 << 26;

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
                || routeLifeMs > LONGEST_LIFE_MS
                || alternateLifeMs < 1
                || alternateLifeMs > LONGEST_LIFE_MS
                || messageLifeMs < 1
                || messageLifeMs > LONGEST_LIFE_MS
                || gatewayPeriodMs < 1
                || registerPeriodMs < 1
                || queuePerDestination < 1
                || queueTotal < 1
                || queueAgeMs < 1
                || frameOverhead < 0
                || dutyPerMille < 1
                || dutyPerMille > 1_000) {
            throw new IllegalArgumentException("impossible routing parameters");
        }
    }

    /**
     * How long repetitions of one exchange can come, as RFC 7252 s4.8.2 has it: all repetitions at the largest timeout, and
     * the time that a frame may be under way. Later the same id is another exchange.
     */
    public long exchangeLifeMs() {
        return (1L + maxRetransmit) * 2 * rtoCeilingMs + messageLifeMs;
    }

    /** The defaults of section 2.6. */
    public static RoutingParameters of(LinkClass linkClass) {
        RoutingParameters wifi = new RoutingParameters(
                1_000,
                60_000,
                250,
                50,
                2_000,
                3,
                2,
                8,
                300_000,
                60_000,
                10_000,
                300_000,
                300_000,
                32,
                512,
                60_000,
                33,
                1_000,
                DiscoveryParameters.of(linkClass));
        return switch (linkClass) {
            case WIFI -> wifi;
            case ETHERNET ->
                wifi.with(ethernet -> {
                    ethernet.rtoInitMs = 100;
                    ethernet.rtoFloorMs = 20;
                    ethernet.rtoCeilingMs = 1_000;
                    ethernet.windowMax = 16;
                    ethernet.messageLifeMs = 5_000;
                    ethernet.queuePerDestination = 32;
                    ethernet.queueTotal = 2_048;
                    ethernet.frameOverhead = 4;
                });
            case LORA ->
                wifi.with(lora -> {
                    lora.helloMinMs = 60_000;
                    lora.helloMaxMs = 1_800_000;
                    lora.rtoInitMs = 8_000;
                    lora.rtoFloorMs = 3_000;
                    lora.rtoCeilingMs = 60_000;
                    lora.maxRetransmit = 2;
                    lora.alternateAfterSends = 1;
                    lora.windowMax = 1;
                    lora.routeLifeMs = 21_600_000;
                    lora.alternateLifeMs = 3_600_000;
                    lora.messageLifeMs = 120_000;
                    lora.gatewayPeriodMs = 7_200_000;
                    lora.registerPeriodMs = 7_200_000;
                    lora.queuePerDestination = 4;
                    lora.queueTotal = 64;
                    lora.queueAgeMs = 7_200_000;
                    lora.frameOverhead = 6_800;
                    lora.dutyPerMille = 10;
                });
        };
    }

    /** These parameters but for what {@code change} sets. */
    public RoutingParameters with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.parameters();
    }

    /** These parameters with another HELLO Trickle range, for tests and demonstrations. */
    public RoutingParameters withHello(long minMs, long maxMs) {
        return with(draft -> {
            draft.helloMinMs = minMs;
            draft.helloMaxMs = maxMs;
        });
    }

    /** These parameters with other announcement periods, for tests and demonstrations. */
    public RoutingParameters withPeriods(long gatewayMs, long registerMs) {
        return with(draft -> {
            draft.gatewayPeriodMs = gatewayMs;
            draft.registerPeriodMs = registerMs;
        });
    }

    /** Parameters that can still be changed one by one, see {@link RoutingParameters#with}. */
    public static final class Draft {
        public long helloMinMs;
        public long helloMaxMs;
        public long rtoInitMs;
        public long rtoFloorMs;
        public long rtoCeilingMs;
        public int maxRetransmit;
        public int alternateAfterSends;
        public int windowMax;
        public long routeLifeMs;
        public long alternateLifeMs;
        public long messageLifeMs;
        public long gatewayPeriodMs;
        public long registerPeriodMs;
        public int queuePerDestination;
        public int queueTotal;
        public long queueAgeMs;
        public long frameOverhead;
        public int dutyPerMille;
        public DiscoveryParameters discovery;

        private Draft(RoutingParameters from) {
            helloMinMs = from.helloMinMs;
            helloMaxMs = from.helloMaxMs;
            rtoInitMs = from.rtoInitMs;
            rtoFloorMs = from.rtoFloorMs;
            rtoCeilingMs = from.rtoCeilingMs;
            maxRetransmit = from.maxRetransmit;
            alternateAfterSends = from.alternateAfterSends;
            windowMax = from.windowMax;
            routeLifeMs = from.routeLifeMs;
            alternateLifeMs = from.alternateLifeMs;
            messageLifeMs = from.messageLifeMs;
            gatewayPeriodMs = from.gatewayPeriodMs;
            registerPeriodMs = from.registerPeriodMs;
            queuePerDestination = from.queuePerDestination;
            queueTotal = from.queueTotal;
            queueAgeMs = from.queueAgeMs;
            frameOverhead = from.frameOverhead;
            dutyPerMille = from.dutyPerMille;
            discovery = from.discovery;
        }

        private RoutingParameters parameters() {
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
                    gatewayPeriodMs,
                    registerPeriodMs,
                    queuePerDestination,
                    queueTotal,
                    queueAgeMs,
                    frameOverhead,
                    dutyPerMille,
                    discovery);
        }
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
        return boundedIntervalMs(announcedIntervalMs) * 7 / 2;
    }

    /**
     * How long a route that nothing uses can lead over a neighbour that died (T_dead, I8): until its life is over (U9), or a silence that
     * no announced interval excuses.
     */
    public long deadRouteMs() {
        return Math.min(routeLifeMs, silenceMs(longestHelloMs()));
    }

    /** The HELLO interval that a neighbour announced, within what its class allows. */
    long boundedIntervalMs(long announcedIntervalMs) {
        return Math.max(helloMinMs, Math.min(announcedIntervalMs, longestHelloMs()));
    }

    /** The longest interval that a HELLO may announce. */
    long longestHelloMs() {
        return helloMaxMs * HelloThinning.INTERVALS;
    }

    /** Airtime of 128 bytes at {@code rateKbps} in 10 us units. */
    long airtime(int rateKbps) {
        return frameOverhead + Math.max(1, COST_PROBE_BYTES * 8 * 100L / rateKbps);
    }
}
