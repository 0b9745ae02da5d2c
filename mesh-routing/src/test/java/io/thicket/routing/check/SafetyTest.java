package io.thicket.routing.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each safety invariant of 4.1: what it lets pass, and what makes it fire. Four nodes, node 0 is the destination. */
class SafetyTest {
    private static final Seq OLD = new Seq(1, 4);
    private static final Seq NEW = new Seq(1, 5);

    private final Toy[] toys = {new Toy(0), new Toy(1), new Toy(2), new Toy(3)};
    private Judge judge = new Judge(4, List.of());

    @BeforeEach
    void start() {
        toys[0].ownSeq = NEW;
    }

    /** Judges by {@code invariant} alone; all nodes have just started. */
    private void judgeBy(Invariant invariant) {
        judge = new Judge(4, List.of(invariant));
        for (int node = 0; node < toys.length; node++) {
            assertEquals("", see(node));
        }
    }

    private String see(int node) {
        return see(1_000, node);
    }

    private String see(long nowMs, int node) {
        return judge.afterEvent(nowMs, node, toys[node]);
    }

    @Nested
    @Tag("I1")
    class AcyclicSuccessorsFires {
        @Test
        void on_two_nodes_that_point_at_each_other() {
            judgeBy(new AcyclicSuccessors());
            toys[1].route(0, 2, NEW, 10);
            assertEquals("", see(1));
            toys[2].route(0, 1, OLD, 10);

            assertEquals("I1 acyclic successors: loop for " + Toy.id(0) + ": 2 -> 1 -> 2", see(2));
        }

        @Test
        void on_a_loop_of_three_even_if_its_routes_should_have_been_swept() {
            judgeBy(new AcyclicSuccessors());
            toys[1].route(0, 2, NEW, 10);
            toys[2].route(0, 3, NEW, 10);
            toys[3].route(0, 1, NEW, 10);
            see(1);
            see(2);

            assertTrue(see(70_000, 3).contains("3 -> 1 -> 2 -> 3"));
        }

        @Test
        void not_on_an_edge_to_a_former_boot_or_to_a_node_that_is_down() {
            judgeBy(new AcyclicSuccessors());
            toys[1].route(0, 2, NEW, 10);
            see(1);
            toys[2].bootTag = 7;
            toys[2].route(0, 1, NEW, 10);
            assertEquals("", see(2));
            toys[3].route(0, 1, NEW, 5);
            judge.afterEvent(1_000, 1, null);
            assertEquals("", see(3));
        }
    }

    @Nested
    @Tag("I2")
    class DescendingDistancesFires {
        @Test
        void not_on_a_line_to_the_destination() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, NEW, 10);
            toys[2].route(0, 1, NEW, 20);
            toys[3].route(0, 2, OLD, 15);

            assertEquals("", see(1) + see(2) + see(3));
        }

        @Test
        void on_an_equal_distance() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, NEW, 10);
            assertEquals("", see(1));
            toys[2].route(0, 1, NEW, 10);

            assertTrue(see(2).contains("not better"));
        }

        @Test
        void when_the_next_hop_loses_ground_under_its_user() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, NEW, 10);
            toys[2].route(0, 1, NEW, 20);
            assertEquals("", see(1) + see(2));
            toys[1].route(0, 0, NEW, 25);

            assertTrue(see(1).contains("node 2 goes to"));
        }

        @Test
        void on_a_next_hop_that_forgot_while_the_route_lives() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, NEW, 10);
            toys[2].route(0, 1, NEW, 20);
            assertEquals("", see(1) + see(2));
            toys[1].routes.clear();

            assertTrue(see(59_999, 1).contains("forgotten"));
        }

        /** Found by a swarm, seed 0x51a4049b. */
        @Test
        void not_on_one_that_never_got_what_the_node_made_its_router_believe_that_it_sent() {
            judgeBy(new DescendingDistances());
            judge.network().hole(2);
            toys[1].route(0, 0, NEW, 10);
            toys[2].route(0, 1, NEW, 20);
            assertEquals("", see(1) + see(2));
            toys[1].routes.clear();

            assertEquals("", see(59_999, 1));
        }

        @Test
        void not_on_a_next_hop_that_forgot_when_the_route_only_waits_for_the_sweep() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, NEW, 10);
            toys[2].route(0, 1, NEW, 20);
            assertEquals("", see(1) + see(2));
            toys[1].routes.clear();

            assertEquals("", see(60_000, 1));
        }

        @Test
        void when_the_destinations_own_number_is_older() {
            judgeBy(new DescendingDistances());
            toys[1].route(0, 0, new Seq(1, 6), 10);

            assertTrue(see(1).contains("not better"));
        }
    }

    @Nested
    @Tag("I3")
    class DistanceNeverWorsensFires {
        @Test
        void on_a_worse_distance_but_not_on_a_better_one() {
            judgeBy(new DistanceNeverWorsens());
            toys[1].route(0, 0, OLD, 10);
            assertEquals("", see(1));
            toys[1].route(0, 0, NEW, 30);
            assertEquals("", see(1));
            toys[1].route(0, 0, NEW, 31);

            assertTrue(see(1).contains("went from (1.5, 30) to (1.5, 31)"));
        }

        @Test
        void when_the_distance_is_forgotten_before_the_hold_is_over() {
            judgeBy(new DistanceNeverWorsens());
            toys[1].distance(0, NEW, 10, 5_000);
            assertEquals("", see(1));
            toys[1].routes.clear();

            assertTrue(see(5_000, 1).contains("too early"));
        }

        @Test
        void not_after_the_hold_nor_after_a_reboot() {
            judgeBy(new DistanceNeverWorsens());
            toys[1].distance(0, NEW, 10, 5_000);
            toys[2].distance(0, NEW, 10, 5_000);
            assertEquals("", see(1) + see(2));
            toys[1].routes.clear();
            toys[2].routes.clear();
            toys[2].bootTag = 7;

            assertEquals("", see(5_001, 1) + see(2_000, 2));
        }
    }

    @Test
    @Tag("I4")
    void i4_fires_on_a_number_newer_than_the_destinations_own() {
        judgeBy(new NoSeqFromTheFuture());
        toys[1].route(0, 0, NEW, 10);
        assertEquals("", see(1));
        toys[1].route(0, 0, new Seq(1, 6), 10);

        assertTrue(see(1).contains("whose own number is 1.5"));
    }

    @Test
    @Tag("I4")
    void i4_remembers_the_number_of_a_destination_that_is_down() {
        judgeBy(new NoSeqFromTheFuture());
        judge.afterEvent(1_000, 0, null);
        toys[1].route(0, 2, new Seq(2, 0), 10);

        assertTrue(see(1).contains("whose own number is 1.5"));
    }

    @Test
    @Tag("I5")
    void i5_fires_when_the_own_number_goes_back_or_a_boot_keeps_its_epoch() {
        judgeBy(new OwnSeqIncreases());
        toys[0].ownSeq = OLD;
        assertTrue(see(0).contains("went back from 1.5 to 1.4"));
        toys[0].ownSeq = NEW;
        assertEquals("", see(0));
        toys[0].bootTag = 7;
        assertTrue(see(0).contains("within epoch 1"));
        toys[0].bootTag = 8;
        toys[0].ownSeq = new Seq(2, 0);
        assertEquals("", see(0));
    }

    @Test
    @Tag("I5")
    void i5_bears_a_disk_that_was_set_back_until_the_node_has_overtaken_its_past() {
        judgeBy(new OwnSeqIncreases());
        judge.network().restored(0);
        toys[0].bootTag = 7;
        toys[0].ownSeq = new Seq(1, 1);
        assertEquals("", see(0));
        assertTrue(judge.network().isHealing(0));
        toys[0].ownSeq = new Seq(2, 1);
        assertEquals("", see(0));
        assertFalse(judge.network().isHealing(0));
        toys[0].ownSeq = new Seq(1, 9);

        assertTrue(see(0).contains("went back"));
    }

    @Test
    @Tag("I6")
    void i6_fires_on_a_route_to_oneself() {
        judgeBy(new NoRouteToSelf());
        toys[1].route(1, 2, NEW, 10);

        assertTrue(see(1).contains("a route to itself"));
    }

    @Test
    @Tag("I7")
    void i7_fires_on_a_route_over_a_link_that_is_not_usable() {
        judgeBy(new OnlyUsableLinks());
        toys[1].held(Toy.route(0, 2, 102, false, NEW, 10, 60_000, 0));

        assertTrue(see(1).contains("no usable link"));
    }

    @Test
    @Tag("I8")
    void i8_fires_on_a_route_over_a_node_that_is_long_dead() {
        judgeBy(new NoRouteOverTheDead(210_000));
        toys[1].route(0, 2, NEW, 10);
        assertEquals("", see(1));
        judge.afterEvent(5_000, 2, null);

        assertEquals("", see(215_000, 1));
        assertTrue(see(215_001, 1).contains("dead for 210001 ms"));
    }

    @Test
    @Tag("I9")
    void i9_fires_on_a_descent_alarm() {
        judgeBy(new NoDescentAlarms());
        toys[1].counters.put(RoutingCounter.DESCENT_ALARMS, 1L);

        assertTrue(see(1).contains("1 descent alarms"));
    }

    @Test
    @Tag("I13")
    void i13_fires_on_each_table_that_is_too_large() {
        judgeBy(new WithinBounds(1, 2, 3));
        toys[1].neighbors = 2;
        toys[1].queued = 3;
        toys[1].route(0, 0, NEW, 10);
        assertEquals("", see(1));

        toys[1].queued = 4;
        assertTrue(see(1).contains("4 messages"));
        toys[1].queued = 3;
        toys[1].neighbors = 3;
        assertTrue(see(1).contains("3 neighbours"));
        toys[1].neighbors = 2;
        toys[1].route(2, 2, NEW, 10);
        assertTrue(see(1).contains("2 destinations"));
    }

    @Test
    @Tag("I14")
    void i14_fires_when_one_minute_holds_too_many_control_frames_and_not_over_longer_times() {
        judgeBy(new ControlRate(60));
        for (int second = 1; second <= 600; second++) {
            toys[1].counters.put(RoutingCounter.CONTROL_FRAMES_SENT, (long) second * 9 / 10);
            assertEquals("", see(1_000 + second * 1_000L, 1));
        }
        toys[1].counters.put(RoutingCounter.CONTROL_FRAMES_SENT, 540L + 60);

        assertTrue(see(605_000, 1).contains("allowed are 60"));
    }
}
