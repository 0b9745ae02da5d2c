package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a way costs is told to the routing table, also when its score has to make room for another one. */
class E2eScoresTest {
    private static final NodeId GATEWAY = new NodeId(0x33);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    private final Core core = TestCore.relay();
    private final E2eScores scores = new E2eScores(core);
    private final RoutingTable routes =
            new RoutingTable(core.self, 10, RuleSwitches.ALL_ON, (entry, reason, lost) -> {});
    private final GatewayTable gateways = new GatewayTable(routes);
    private final Neighbor hop = neighbor();

    E2eScoresTest() {
        core.begin(0, new Bench());
        routes.setScores(scores);
        routes.advert(0, GATEWAY, hop, new Seq(1, 1), 1_000, 1);
    }

    @Test
    void a_way_without_room_costs_twice_as_much() {
        long metric = metric();

        scores.full(GATEWAY, hop);
        scores.sweep(gateways, routes);

        assertEquals(2 * metric, metric());
    }

    @Test
    void so_does_each_other_way_over_the_same_neighbour_and_none_over_others() {
        RoutingParameters ethernet = RoutingParameters.of(LinkClass.ETHERNET);
        FixedHop overEthernet = new FixedHop(hop.id(), 1, ethernet);
        FixedHop other = new FixedHop(8);
        routes.advert(0, GATEWAY, overEthernet, new Seq(1, 1), 900, 1);
        routes.advert(0, GATEWAY, other, new Seq(1, 1), 950, 1);

        scores.full(GATEWAY, hop);
        scores.sweep(gateways, routes);

        Map<NextHop, Integer> percents = new LinkedHashMap<>();
        RouteEntry entry = routes.get(GATEWAY);
        assertNotNull(entry);
        percents.put(entry.current().hop(), (int) entry.current().costPercent);
        for (Alternate way = entry.alternates(); way != null; way = way.next) {
            percents.put(way.hop(), (int) way.costPercent);
        }
        assertEquals(
                Map.of(
                        hop, E2eScores.FULL_PERCENT,
                        overEthernet, E2eScores.FULL_PERCENT,
                        other, (int) E2eScores.NORMAL_PERCENT),
                percents);
        assertSame(other, entry.nextHop());
    }

    @Test
    void it_costs_what_it_did_once_its_score_is_forgotten() {
        long metric = metric();
        scores.full(GATEWAY, hop);
        scores.sweep(gateways, routes);

        for (int i = 0; i < E2eScores.MAX_PATHS; i++) {
            scores.full(new NodeId(1_000 + i), hop);
        }
        scores.sweep(gateways, routes);

        assertEquals(metric, metric());
    }

    @Test
    void one_that_costs_nothing_is_forgotten_before_one_that_does() {
        scores.full(GATEWAY, hop);
        scores.sweep(gateways, routes);
        for (int i = 1; i < E2eScores.MAX_PATHS; i++) {
            scores.tooLarge(new NodeId(2_000 + i), hop);
        }

        scores.full(new NodeId(1_000), hop);

        assertEquals(E2eScores.FULL_PERCENT, scores.percent(GATEWAY, hop.id()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void ways_are_kept_as_in_a_map_in_the_order_of_their_use(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, Integer> percents = new LinkedHashMap<>(16, 0.75f, true);
        for (int step = 0; step < 10_000; step++) {
            int way = random.nextInt(2 * E2eScores.MAX_PATHS);
            NodeId gateway = new NodeId(5_000 + way);
            boolean isFull = step == 0 || random.nextInt(4) == 0;
            if (isFull || percents.size() < 5) {
                if (!percents.containsKey(way) && percents.size() == E2eScores.MAX_PATHS) {
                    percents.remove(percents.entrySet().stream()
                            .filter(each -> each.getValue() == E2eScores.NORMAL_PERCENT)
                            .findFirst()
                            .orElse(percents.entrySet().iterator().next())
                            .getKey());
                }
                scores.full(gateway, hop);
                percents.put(way, E2eScores.FULL_PERCENT);
                scores.sweep(gateways, routes);
            } else if (!percents.containsKey(way) && percents.size() < E2eScores.MAX_PATHS) {
                scores.tooLarge(gateway, hop);
                percents.put(way, (int) E2eScores.NORMAL_PERCENT);
            } else {
                Integer expected = percents.get(way);
                assertEquals(
                        expected == null ? E2eScores.NORMAL_PERCENT : expected,
                        scores.percent(gateway, hop.id()),
                        "step " + step);
            }
        }
    }

    private long metric() {
        RouteEntry entry = routes.get(GATEWAY);
        return entry == null || entry.current() == null ? -1 : entry.current().wayMetric();
    }

    private static Neighbor neighbor() {
        Interface link = new Interface(
                Peer.LINK,
                new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
                WIFI,
                new Trickle(WIFI, new SplittableRandom(1), 0),
                0);
        Neighbor neighbor = new Neighbor(0, new NodeId(7), 1, link, LinkAddress.of((byte) 1));
        neighbor.enter(NeighborState.TWO_WAY);
        return neighbor;
    }
}
