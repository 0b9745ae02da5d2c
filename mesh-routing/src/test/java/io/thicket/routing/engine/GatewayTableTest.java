package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.GatewayEntry;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What of a gateway's announcement is news. On Wi-Fi an entry lives 750 s. */
class GatewayTableTest {
    private static final NodeId GATEWAY = new NodeId(99);
    private static final NodeId HOP = new NodeId(2);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    private final RoutingTable routes =
            new RoutingTable(new NodeId(1), 4, RuleSwitches.ALL_ON, (entry, reason, lost) -> {});
    private final GatewayTable gateways = new GatewayTable(routes);
    private final NextHop hop = new FixedHop(HOP, 1, WIFI);

    @Test
    void a_newer_seq_with_most_of_its_life_before_it_waits_for_the_next_regular_hello() {
        assertTrue(heard(0, 1, 700), "the first one is news");

        assertFalse(heard(300_000, 2, 700));
    }

    /** Found on a 10x10 grid: the far corner, 18 hops away, was without a gateway for half a minute in half an hour. */
    @Test
    void a_newer_seq_that_has_been_on_its_way_for_long_is_passed_on_soon() {
        heard(0, 1, 400);

        assertTrue(heard(300_000, 2, 400));
        assertFalse(heard(301_000, 2, 399), "once for each Seq");
        assertFalse(heard(302_000, 1, 100), "an older one is none");
    }

    /** Sequence 23: relays that hear it of each other could otherwise keep a dead gateway alive. */
    @Test
    void one_seq_lives_for_a_lifetime_from_when_it_was_first_heard_whatever_relays_say() {
        long lifeMs = WIFI.gatewayLifetimeMs();
        for (long ms = 0; ms < lifeMs; ms += 10_000) {
            heard(ms, 1, (int) (lifeMs / 1_000));
            assertTrue(isOffered(ms));
        }

        heard(lifeMs, 1, (int) (lifeMs / 1_000));

        assertNotNull(routes.get(GATEWAY).nextHop());
        assertFalse(isOffered(lifeMs));
    }

    @Test
    void a_gateway_ends_with_its_entry_although_the_route_lives_on() {
        heard(0, 1, 60);
        assertTrue(isOffered(59_999));

        assertNotNull(routes.get(GATEWAY).nextHop());
        assertFalse(isOffered(60_000));
    }

    /** Else the last HELLO that still names it makes it a new one, with a lifetime of its own. */
    @Test
    void a_seq_that_is_still_heard_is_not_forgotten_when_its_life_is_over() {
        int lifeS = (int) (WIFI.gatewayLifetimeMs() / 1_000);
        for (long ms = 0; ms < 2_000L * lifeS; ms += 60_000) {
            heard(ms, 1, lifeS);
            routes.withdrawn(ms, GATEWAY, hop, RouteChange.Reason.RERR);
            gateways.sweep(ms + 1);

            KnownGateway known = gateways.get(GATEWAY);
            assertNotNull(known, ms + " ms");
            assertEquals(ms < 1_000L * lifeS, known.isOffered(ms), ms + " ms");
        }
    }

    @Test
    void a_seq_is_remembered_for_the_slowest_link_that_it_was_heard_on() {
        NextHop lora = new FixedHop(HOP, 1, RoutingParameters.of(LinkClass.LORA));
        gateways.update(0, entry(1, 60), lora, 200);
        gateways.update(1, entry(1, 60), new FixedHop(HOP, 1, WIFI), 1_200);

        gateways.sweep(8_900_000); // 2.5 of the longest intervals, twice Imax, of LoRa are 9 000 s

        assertNotNull(gateways.get(GATEWAY));
        gateways.sweep(9_100_000);
        assertNull(gateways.get(GATEWAY));
    }

    /** Against a sorted set, with routes that come and go: those of all gateways are looked up at once. */
    @Test
    void gateways_are_kept_in_order_and_with_their_routes_whatever_comes_and_goes() {
        SplittableRandom random = new SplittableRandom(7);
        TreeSet<NodeId> model = new TreeSet<>();
        int most = 0;
        long nowMs = 0;
        for (int step = 1; step <= 20_000; step++) {
            nowMs += 10;
            long name = random.nextLong(1, 20);
            NodeId id = new NodeId(random.nextBoolean() ? name : -name); // in the order of unsigned numbers
            switch (random.nextInt(100)) {
                case 0 -> {
                    nowMs += 10_000_000; // all of them are over, and kept only for their routes
                    gateways.sweep(nowMs);
                    model.removeIf(each -> !isReachable(each));
                }
                case 1 -> routes.sweep(nowMs, each -> false);
                case 2, 3, 4 -> routes.advert(nowMs, id, hop, new Seq(1, step), 100, 2);
                case 5, 6, 7 -> routes.withdrawn(nowMs, id, hop, RouteChange.Reason.RERR);
                default -> {
                    gateways.update(nowMs, entry(id, step, 0), hop, 1_200);
                    if (model.size() < GatewayTable.MAX_GATEWAYS) {
                        model.add(id);
                    }
                }
            }

            most = Math.max(most, model.size());
            List<KnownGateway> known = gateways.known();
            assertEquals(List.copyOf(model), known.stream().map(each -> each.id).toList());
            assertEquals(model.size(), gateways.size());
            assertEquals(model.contains(id), gateways.get(id) != null);
            for (int i = 0; i < known.size(); i++) {
                assertSame(known.get(i), gateways.at(i));
                assertSame(known.get(i), gateways.get(known.get(i).id));
                assertSame(routes.get(known.get(i).id), gateways.routeOf(known.get(i)));
            }
        }
        assertEquals(GatewayTable.MAX_GATEWAYS, most);
    }

    private boolean isOffered(long nowMs) {
        KnownGateway known = gateways.get(GATEWAY);
        return known != null && known.isOffered(nowMs);
    }

    private boolean isReachable(NodeId gateway) {
        RouteEntry route = routes.get(gateway);
        return route != null && route.metric() >= 0;
    }

    private static GatewayEntry entry(long seq, int lifetimeS) {
        return entry(GATEWAY, seq, lifetimeS);
    }

    private static GatewayEntry entry(NodeId gateway, long seq, int lifetimeS) {
        return new GatewayEntry(gateway, new Seq(1, seq), 100, 2, true, false, true, lifetimeS, 0, 1_200, null);
    }

    private boolean heard(long nowMs, long seq, int lifetimeS) {
        routes.advert(nowMs, GATEWAY, hop, new Seq(1, seq), 100, 2);
        return gateways.update(nowMs, entry(seq, lifetimeS), hop, 1_200);
    }
}
