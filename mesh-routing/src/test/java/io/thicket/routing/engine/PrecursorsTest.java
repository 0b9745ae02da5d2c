package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrecursorsTest {
    private static final NodeId DESTINATION = new NodeId(5);

    private final Interface link = link();
    private final Precursors precursors = new Precursors(0);

    @Test
    void users_are_told_in_the_order_they_were_heard_last() {
        List<Neighbor> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(neighbor(100 + i));
        }
        SplittableRandom random = new SplittableRandom(1);
        Map<NodeId, List<Neighbor>> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            NodeId destination = new NodeId(random.nextInt(5));
            List<Neighbor> users = model.computeIfAbsent(destination, unused -> new ArrayList<>());
            if (random.nextInt(30) == 0) {
                assertEquals(!users.isEmpty(), precursors.has(destination));
                assertEquals(users, precursors.take(0, destination));
                users.clear();
            } else {
                Neighbor from = all.get(random.nextInt(all.size()));
                precursors.used(0, destination, from);
                users.remove(from);
                users.add(from);
                if (users.size() > Precursors.MAX_NEIGHBORS) {
                    users.remove(0);
                }
            }
        }
    }

    @Test
    void a_route_that_was_not_used_for_its_life_has_no_user() {
        Neighbor early = neighbor(1);
        Neighbor late = neighbor(2);
        long lifeMs = link.parameters.routeLifeMs();
        precursors.used(0, DESTINATION, early);
        precursors.used(1, DESTINATION, late);

        assertEquals(List.of(late), precursors.take(lifeMs + 1, DESTINATION));
        assertFalse(precursors.has(DESTINATION));
    }

    @Test
    void a_pause_of_weeks_is_longer_than_the_life_of_a_route() {
        long roundMs = 1L << Integer.SIZE;
        for (long pauseMs = link.parameters.routeLifeMs() + 1; pauseMs < roundMs; pauseMs *= 2) {
            precursors.used(roundMs - 500, DESTINATION, neighbor(1)); // the lower half begins anew
            assertEquals(List.of(), precursors.take(roundMs - 500 + pauseMs, DESTINATION));
        }
    }

    @Test
    void the_destination_unused_longest_is_forgotten_with_its_users() {
        precursors.used(0, DESTINATION, neighbor(1));
        precursors.used(0, DESTINATION, neighbor(2));
        for (int i = 1; i < Precursors.MAX_DESTINATIONS; i++) {
            precursors.used(0, new NodeId(1_000 + i), neighbor(1));
        }
        assertTrue(precursors.has(DESTINATION));
        Neighbor last = neighbor(3);
        NodeId one = new NodeId(1_000);
        precursors.used(0, one, last);

        assertFalse(precursors.has(DESTINATION));
        assertEquals(List.of(last), precursors.take(0, one));
    }

    private Neighbor neighbor(long number) {
        Neighbor neighbor = new Neighbor(0, new NodeId(number), 1, link, LinkAddress.of((byte) number));
        neighbor.enter(NeighborState.TWO_WAY);
        return neighbor;
    }

    private static Interface link() {
        RoutingParameters wifi = RoutingParameters.of(LinkClass.WIFI);
        Trickle trickle = new Trickle(wifi, new SplittableRandom(1), 0);
        return new Interface(new LinkId(0), new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), wifi, trickle, 0);
    }
}
