package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterfaceTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final LinkInfo FAST = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);
    private static final LinkInfo SLOW = new LinkInfo(LinkClass.WIFI, 1_000, 1_200, true);

    @Test
    void the_airtime_that_costs_are_counted_with_follows_the_rate_of_the_link() {
        Interface link = new Interface(new LinkId(1), FAST, WIFI, new Trickle(WIFI, new SplittableRandom(1), 0), 0);
        long fast = link.probeAirtime();
        assertEquals(link.airtime(RoutingParameters.COST_PROBE_BYTES), fast);
        assertEquals(fast, link.probeAirtime());

        link.duty.update(0, SLOW, WIFI);
        link.info = SLOW;

        assertEquals(link.airtime(RoutingParameters.COST_PROBE_BYTES), link.probeAirtime());
        assertTrue(link.probeAirtime() > fast);
    }
}
