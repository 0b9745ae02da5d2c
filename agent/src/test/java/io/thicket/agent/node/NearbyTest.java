package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.node.NodeSnapshot.KnownNode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.Neighbor;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearbyTest {
    private static final NodeId RELAY = new NodeId(1);

    @Test
    void a_silent_relay_beside_us_is_one_hop_away_and_was_seen_when_it_greeted() {
        assertEquals(
                List.of(known(1, 900)),
                Nearby.refine(
                        List.of(known(-1, 49_000)), routing(List.of(heard(NeighborState.TWO_WAY, 900)), List.of())));
    }

    @Test
    void one_that_does_not_hear_us_has_no_hops() {
        assertEquals(
                List.of(known(-1, 900)),
                Nearby.refine(
                        List.of(known(-1, 49_000)), routing(List.of(heard(NeighborState.HEARD, 900)), List.of())));
    }

    @Test
    void a_route_tells_the_hops_of_a_node_that_sent_nothing() {
        assertEquals(
                List.of(known(3, 49_000)),
                Nearby.refine(List.of(known(-1, 49_000)), routing(List.of(), List.of(route(3)))));
    }

    @Test
    void what_its_messages_told_stays() {
        assertEquals(
                List.of(known(2, 100)),
                Nearby.refine(
                        List.of(known(2, 100)),
                        routing(List.of(heard(NeighborState.TWO_WAY, 900)), List.of(route(3)))));
    }

    private static KnownNode known(int hops, long lastSeenAgoMs) {
        return new KnownNode(RELAY, "attic", "attic", "fd00::1", Set.of(), hops, lastSeenAgoMs);
    }

    private static Neighbor heard(NeighborState state, long agoMs) {
        return new Neighbor(RELAY, 1, new LinkId(0), LinkAddress.of(new byte[] {1}), state, 5, 1.0, -1, agoMs);
    }

    private static Route route(int hops) {
        Seq seq = new Seq(1, 2);
        return new Route(RELAY, RouteState.ACTIVE, RELAY, 1, seq, 5, hops, seq, 5, 1_000, 0, RouteChange.Reason.FIRST);
    }

    private static RoutingSnapshot routing(List<Neighbor> neighbors, List<Route> routes) {
        return new RoutingSnapshot(
                new NodeId(9), new Seq(1, 1), 1, false, null, 0, neighbors, routes, List.of(), Map.of());
    }
}
