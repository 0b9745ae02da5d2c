package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;

/** Parameters under which a minute holds what otherwise takes an hour; every ratio that safety needs is kept. */
final class RoutingParametersForTests {
    /** L 20 s, A 8 s, D 10 s, Seq every 15 s. */
    static final RoutingParameters FAST = wifi().with(fast -> {
        fast.helloMinMs = 500;
        fast.helloMaxMs = 4_000;
        fast.routeLifeMs = 20_000;
        fast.alternateLifeMs = 8_000;
        fast.gatewayPeriodMs = 15_000;
        fast.registerPeriodMs = 15_000;
    });

    /** Another three times faster: L 6 s, A 3 s, D 3 s, Seq every 4 s. A exceeds the sweep's second, as the lives need. */
    static final RoutingParameters HASTY = wifi().with(hasty -> {
        hasty.helloMinMs = 200;
        hasty.helloMaxMs = 1_500;
        hasty.rtoInitMs = 200;
        hasty.rtoCeilingMs = 1_000;
        hasty.routeLifeMs = 6_000;
        hasty.alternateLifeMs = 3_000;
        hasty.messageLifeMs = 3_000;
        hasty.gatewayPeriodMs = 4_000;
        hasty.registerPeriodMs = 4_000;
        hasty.queueAgeMs = 20_000;
    });

    private RoutingParametersForTests() {}

    /** Wi-Fi, but for L, A and D. */
    static RoutingParameters lives(long routeMs, long alternateMs, long messageMs) {
        return wifi().with(lives -> {
            lives.routeLifeMs = routeMs;
            lives.alternateLifeMs = alternateMs;
            lives.messageLifeMs = messageMs;
        });
    }

    static RoutingParameters wifi() {
        return RoutingParameters.of(LinkClass.WIFI);
    }
}
