package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
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

        link.update(0, SLOW);

        assertEquals(link.airtime(RoutingParameters.COST_PROBE_BYTES), link.probeAirtime());
        assertTrue(link.probeAirtime() > fast);
    }

    @Test
    void the_next_hello_is_when_trickle_says_whatever_changes_that() {
        SplittableRandom random = new SplittableRandom(2);
        Interface link = new Interface(new LinkId(1), FAST, WIFI, new Trickle(WIFI, random, 0), 0);
        for (long nowMs = 0; nowMs < 2_000_000; nowMs += random.nextInt(2_000)) {
            switch (random.nextInt(8)) {
                case 0 -> link.trickle.reset(nowMs);
                case 1 -> link.trickle.sendEarly(nowMs, 200);
                case 2 -> link.trickle.sendApart(nowMs, 200, 5_000);
                case 3 -> link.trickle.postpone(nowMs + 300);
                case 4 -> link.trickle.limit(nowMs, 2_000);
                case 5 -> link.trickle.limit(nowMs, WIFI.helloMaxMs());
                case 6 -> link.trickle.fire(nowMs);
                default -> link.restart(nowMs, new Trickle(WIFI, random, nowMs));
            }
            assertEquals(link.trickle.dueMs(), link.helloAtMs());
        }

        link.update(2_000_000, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, false));

        assertEquals(MeshRouter.NEVER, link.helloAtMs());
    }

    @Test
    void calls_for_a_gateway_are_forgotten_when_the_next_ones_would_be_the_first() {
        Interface link = new Interface(new LinkId(1), FAST, WIFI, new Trickle(WIFI, new SplittableRandom(1), 0), 0);
        HelloSeries calls = link.gatewayCalls();
        assertFalse(calls.isDue(1_000));
        assertTrue(link.quietUntilMs(1_000) <= 1_000, "it lacks a gateway");
        assertTrue(calls.isDue(2_000));
        calls.made(2_000);

        link.endGatewayCalls(3_000);
        assertSame(calls, link.gatewayCalls());
        long settledMs = 3_000 + WIFI.helloMaxMs();
        assertEquals(settledMs, link.quietUntilMs(3_000));

        link.endGatewayCalls(settledMs);
        assertEquals(MeshRouter.NEVER, link.quietUntilMs(settledMs));
        assertNotSame(calls, link.gatewayCalls());
    }

    @Test
    void a_sweep_gives_hellos_their_limit_back_when_nodes_do_not_move_any_more() {
        Interface link = new Interface(new LinkId(1), FAST, WIFI, new Trickle(WIFI, new SplittableRandom(1), 0), 0);
        link.endGatewayCalls(100_000);
        assertEquals(MeshRouter.NEVER, link.quietUntilMs(100_000));

        for (byte i = 1; i <= Movement.ARRIVALS; i++) {
            link.arrived(100_000, new NodeId(i), LinkAddress.of(i));
        }
        assertTrue(link.isRestless(100_000));
        assertEquals(100_000, link.quietUntilMs(100_000));
        link.limitHellos(100_000);

        assertFalse(link.isRestless(900_000));
        assertEquals(900_000, link.quietUntilMs(900_000), "they are limited still");
        link.limitHellos(900_000);
        assertEquals(MeshRouter.NEVER, link.quietUntilMs(900_000));

        link.arrived(900_000, new NodeId(9), LinkAddress.of((byte) 9));
        link.restart(900_000, new Trickle(WIFI, new SplittableRandom(1), 900_000));
        assertFalse(link.isRestless(900_000));
    }
}
