package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MovementTest {
    private static final long MIN_MS = 1_000;
    private static final long START_MS = 50_000;

    private final Movement movement = new Movement(MIN_MS, START_MS);
    private int met;

    @Test
    void whom_a_router_meets_after_its_start_says_nothing() {
        for (int i = 0; i < 20; i++) {
            arrived(START_MS + 1_000 * i);
        }
        assertFalse(movement.isRestless(START_MS + 20_000));
    }

    @Test
    void three_arrivals_within_half_a_minute_mean_movement_until_half_a_minute_later() {
        arrived(100_000);
        arrived(110_000);
        assertFalse(movement.isRestless(110_000));

        arrived(129_999);
        assertTrue(movement.isRestless(129_999));

        assertFalse(movement.isRestless(130_000), "the first one is forgotten");
        arrived(130_000);
        assertTrue(movement.isRestless(139_999));
        assertFalse(movement.isRestless(140_000));
    }

    @Test
    void a_thousand_arrivals_are_counted_as_the_last_three() {
        for (int i = 0; i < 1_000; i++) {
            arrived(100_000 + 100_000L * i);
            assertFalse(movement.isRestless(100_000 + 100_000L * i));
        }
        arrived(100_000_000);
        arrived(100_000_001);
        assertTrue(movement.isRestless(100_000_001));
    }

    @Test
    void one_or_two_that_come_and_go_are_no_movement() {
        for (int i = 0; i < 20; i++) {
            movement.arrived(100_000 + 1_000 * i, new NodeId(1 + i % 2), address(1 + i % 2));
        }
        assertFalse(movement.isRestless(120_000));

        movement.arrived(120_000, new NodeId(3), address(3));
        assertTrue(movement.isRestless(120_000));
    }

    @Test
    void many_names_at_one_address_are_no_movement() {
        for (int i = 0; i < 20; i++) {
            movement.arrived(100_000 + 1_000 * i, new NodeId(1 + i), address(1));
        }
        assertFalse(movement.isRestless(120_000));
    }

    @Test
    void a_link_that_comes_up_meets_everybody_anew() {
        for (int i = 0; i < 3; i++) {
            arrived(100_000);
        }
        assertTrue(movement.isRestless(100_000));

        movement.restart(100_000);
        assertFalse(movement.isRestless(100_000));
        for (int i = 0; i < 3; i++) {
            arrived(129_999);
        }
        assertFalse(movement.isRestless(129_999));
    }

    @Test
    void a_neighbour_is_restless_whose_intervals_are_short_for_eight_of_the_shortest() {
        Neighbor neighbor = neighbor(RoutingParameters.of(LinkClass.WIFI));
        neighbor.announced(100_000, 2_000);
        assertFalse(neighbor.isRestless(107_999));
        assertTrue(neighbor.isRestless(108_000));

        neighbor.announced(108_000, 8_000);
        assertFalse(neighbor.isRestless(108_000));
        neighbor.announced(109_000, 4_000);
        neighbor.announced(113_000, 2_000);
        assertFalse(neighbor.isRestless(116_999));
        assertTrue(neighbor.isRestless(117_000));
    }

    @Test
    void or_at_once_where_nodes_move() {
        Neighbor neighbor = neighbor(RoutingParameters.of(LinkClass.WIFI));
        neighbor.announced(100_000, 2_000);
        for (int i = 0; i < 3; i++) {
            neighbor.link.arrived(100_000, new NodeId(1 + i), address(1 + i));
        }
        assertTrue(neighbor.isRestless(100_000));
    }

    @Test
    void whoever_announces_the_longest_interval_is_not_restless_however_short_that_is() {
        Neighbor neighbor = neighbor(RoutingParameters.of(LinkClass.WIFI).withHello(1_000, 2_000));
        neighbor.announced(100_000, 2_000);
        assertFalse(neighbor.isRestless(200_000));
    }

    private static Neighbor neighbor(RoutingParameters parameters) {
        Interface link = new Interface(
                Peer.LINK,
                new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
                parameters,
                new Trickle(parameters, new Random(1), 0),
                0);
        return new Neighbor(0, new NodeId(7), 1, link, address(1));
    }

    /** Somebody new. */
    private void arrived(long nowMs) {
        met++;
        movement.arrived(nowMs, new NodeId(1_000 + met), address(met));
    }

    private static LinkAddress address(int number) {
        return LinkAddress.of((byte) (number >> 8), (byte) number);
    }

    @Test
    void a_limit_cuts_the_present_interval_and_its_end_lets_it_grow_again() {
        RoutingParameters wifi = RoutingParameters.of(LinkClass.WIFI);
        Trickle trickle = new Trickle(wifi, new Random(1), 0);
        long now = 0;
        while (trickle.announcedIntervalMs() < wifi.helloMaxMs()) {
            now = trickle.dueMs();
            trickle.fire(now);
        }

        trickle.limit(now, 2_000);
        assertEquals(2_000, trickle.announcedIntervalMs());
        long fromMs = now;
        int hellos = 0;
        while (now < fromMs + 60_000) {
            now = trickle.dueMs();
            hellos += trickle.fire(now) ? 1 : 0;
        }
        assertTrue(hellos >= 29 && hellos <= 31, hellos + " HELLOs a minute");

        trickle.limit(now, wifi.helloMaxMs());
        while (now < fromMs + 300_000) {
            now = trickle.dueMs();
            trickle.fire(now);
        }
        assertEquals(wifi.helloMaxMs(), trickle.announcedIntervalMs());
    }
}
