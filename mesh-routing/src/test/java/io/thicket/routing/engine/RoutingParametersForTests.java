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
    static final RoutingParameters HASTY = new RoutingParameters(
            200, 1_500, 200, 50, 1_000, 3, 2, 8, 6_000, 3_000, 3_000, 4_000, 4_000, 16, 512, 20_000, 33);

    private RoutingParametersForTests() {}

    static RoutingParameters wifi() {
        return RoutingParameters.of(LinkClass.WIFI);
    }
}
