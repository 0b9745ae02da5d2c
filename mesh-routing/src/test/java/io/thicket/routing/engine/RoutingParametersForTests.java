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

    private RoutingParametersForTests() {}

    static RoutingParameters wifi() {
        return RoutingParameters.of(LinkClass.WIFI);
    }
}
