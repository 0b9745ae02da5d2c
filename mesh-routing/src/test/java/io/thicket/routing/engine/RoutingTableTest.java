package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 2.4, rule by rule. L 300 s, A 60 s, D 10 s, H 378 s. */
class RoutingTableTest {
    private static final NodeId SELF = new NodeId(1);
    private static final NodeId D = new NodeId(99);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final long H = 377_400;

    private final List<String> changes = new ArrayList<>();
    private final FixedHop b = new FixedHop(2);
    private final FixedHop c = new FixedHop(3);
    private RoutingTable table = table(RuleSwitches.ALL_ON);

    private RoutingTable table(RuleSwitches rules) {
        return new RoutingTable(SELF, 4, rules, (entry, reason, lost) -> changes.add(reason + (lost ? " lost" : "")));
    }

    @Nested
    class U1Accept {
        @Test
        void an_advert_must_be_strictly_better_than_the_feasibility_distance() {
            advert(0, b, 1, 90); // FD = (1, 100)
            table.withdrawn(0, D, b, Reason.REFUSED);

            advert(1, c, 1, 100);
            assertNull(entry().nextHop());
            advert(2, c, 1, 99);
            assertSame(c, entry().nextHop());
        }

        @Test
        void a_newer_seq_is_feasible_at_any_metric() {
            advert(0, b, 1, 90);
            table.withdrawn(0, D, b, Reason.REFUSED);

            advert(1, c, 2, 5_000);

            assertSame(c, entry().nextHop());
        }

        @Test
        void an_older_seq_is_never_feasible() {
            advert(0, b, 2, 90);
            table.withdrawn(0, D, b, Reason.REFUSED);

            advert(1, c, 1, 1);

            assertNull(entry().nextHop());
        }

        @Test
        void an_infeasible_way_that_costs_less_than_half_of_the_route_is_worth_a_request() {
            advert(0, b, 1, 90);
            advert(1, c, 1, 110); // 120 over c

            advert(2, b, 1, 230);
            assertNull(table.infeasibleWay(2, D, null), "240 over b");
            advert(3, b, 1, 231);
            assertSame(c, table.infeasibleWay(3, D, null));
        }

        /** What it said stands for an hour there, and a radio with a duty has six requests an hour. */
        @Test
        void over_links_where_neighbours_seldom_speak_it_is_not() {
            FixedHop far = new FixedHop(c.id(), 1, RoutingParameters.of(LinkClass.LORA));
            advert(0, b, 1, 90);
            advert(1, far, 1, 110);
            advert(2, b, 1, 1_000);

            assertNull(table.infeasibleWay(2, D, null));
        }

        /** A newer Seq would make what a liar says feasible, too. */
        @Test
        void what_failed_end_to_end_is_no_reason_for_a_request() {
            advert(0, b, 1, 90);
            advert(1, c, 1, 110);

            entry().current().costPercent = E2eScores.DEMOTED_PERCENT;

            assertEquals(400, entry().metric());
            assertNull(table.infeasibleWay(1, D, null));
        }

        @Test
        void an_infeasible_advert_is_stored_but_never_selected() {
            advert(0, b, 1, 90);
            advert(1, c, 1, 100);
            assertEquals(1, entry().countAlternates());

            b.usable = false;
            table.linkUnusable(2, b, Reason.LINK_DOWN);

            assertNull(entry().nextHop());
        }
    }

    @Nested
    class U2Select {
        @Test
        void a_demoted_way_of_an_absurd_length_stays_within_the_metrics() {
            advert(0, b, 1, 2_000_000_000L);
            entry().current().costPercent = E2eScores.DEMOTED_PERCENT;

            advert(1, b, 2, 2_000_000_000L);

            assertEquals(FeasibilityDistance.MAX_METRIC, entry().metric());
            assertEquals(new FeasibilityDistance(seq(2), FeasibilityDistance.MAX_METRIC), entry().feasibility());
        }

        @Test
        void the_feasibility_distance_becomes_seq_and_own_metric() {
            advert(0, b, 1, 90);

            assertEquals(new FeasibilityDistance(seq(1), 100), entry().feasibility());
            assertEquals(100, entry().metric());
        }

        @Test
        void a_feasible_alternate_takes_over_at_once() {
            advert(0, b, 1, 90);
            advert(0, c, 1, 95);
            b.usable = false;

            table.linkUnusable(1, b, Reason.LINK_DOWN);

            assertSame(c, entry().nextHop());
            assertEquals(new FeasibilityDistance(seq(1), 100), entry().feasibility(), "never worse");
        }

        @Test
        void a_neighbour_that_is_heard_but_not_reached_does_not_shut_out_the_others() {
            advert(0, b, 1, 90);
            b.usable = false;
            table.linkUnusable(1, b, Reason.LINK_DOWN);
            advert(2, b, 2, 90); // its adverts still come, on a link that became one-way

            advert(3, c, 2, 150);

            assertSame(c, entry().nextHop());
        }

        @Test
        void a_recovered_route_counts_with_the_seq_that_was_heard_meanwhile() {
            advert(0, b, 1, 90);
            b.usable = false;
            table.linkUnusable(1, b, Reason.LINK_DOWN);
            advert(2, b, 2, 90);
            assertEquals(new FeasibilityDistance(seq(1), 100), entry().feasibility());
            b.usable = true;

            table.linkUsable(3, b);

            assertSame(b, entry().nextHop());
            assertEquals(new FeasibilityDistance(seq(2), 100), entry().feasibility());
        }

        @Test
        void an_alternate_older_than_a_is_not_used() {
            advert(0, b, 1, 90);
            advert(0, c, 1, 95); // feasible: only its age speaks against it
            b.usable = false;

            table.linkUnusable(60_000, b, Reason.LINK_DOWN);

            assertNull(entry().nextHop());
        }

        @Test
        void an_unusable_alternate_is_not_used() {
            advert(0, b, 1, 90);
            advert(0, c, 1, 95);
            c.usable = false;
            b.usable = false;

            table.linkUnusable(1, b, Reason.LINK_DOWN);

            assertNull(entry().nextHop());
        }

        @Test
        void a_metric_beyond_the_maximum_is_unreachable() {
            advert(0, b, 1, FeasibilityDistance.MAX_METRIC - 5);

            assertNull(table.get(D));
        }

        @Test
        void a_slightly_better_neighbour_does_not_move_the_route() {
            advert(0, b, 1, 90);
            advert(1, c, 1, 75);
            assertSame(b, entry().nextHop());

            advert(2, c, 1, 60);
            advert(3, c, 1, 60);
            advert(4, c, 1, 60);
            assertSame(c, entry().nextHop());
        }

        @Test
        void a_slightly_better_neighbour_wins_after_five_minutes() {
            for (long ms = 0; ms <= 300_000; ms += 30_000) {
                advert(ms, b, 1, 90);
                advert(ms, c, 1, 85);
            }
            assertSame(c, entry().nextHop());
        }
    }

    @Nested
    class U3Emit {
        @Test
        void an_announcement_improves_the_feasibility_distance_first() {
            advert(0, b, 1, 90);
            advert(1, b, 1, 50);
            assertEquals(100, entry().feasibility().metric());

            RoutingTable.Advert advert = table.advertise(2, D, WIFI);

            assertEquals(new RoutingTable.Advert(seq(1), 60, 4), advert);
            assertEquals(60, entry().feasibility().metric());
            assertEquals(2 + H, entry().holdUntilMs(2));
        }

        @Test
        void without_a_route_there_is_nothing_to_announce() {
            advert(0, b, 1, 90);
            table.withdrawn(1, D, b, Reason.REFUSED);

            assertNull(table.advertise(2, D, WIFI));
            assertNull(table.advertise(2, new NodeId(98), WIFI));
        }
    }

    @Nested
    class U4SameNextHop {
        @Test
        void a_worse_metric_with_the_same_seq_keeps_the_route() {
            advert(0, b, 1, 90);
            advert(1, b, 1, 900);

            assertSame(b, entry().nextHop());
            assertEquals(910, entry().metric());
            assertEquals(100, entry().feasibility().metric());
        }
    }

    @Nested
    class U5Invalidate {
        @Test
        void nothing_that_ends_a_route_touches_the_feasibility_distance() {
            FeasibilityDistance fd = new FeasibilityDistance(seq(1), 100);
            advert(0, b, 1, 90);
            b.usable = false;
            table.linkUnusable(1, b, Reason.LINK_DOWN);
            assertEquals(fd, entry().feasibility());
            table.withdrawn(2, D, b, Reason.RERR);
            assertEquals(fd, entry().feasibility());
            table.stalled(3);
            assertEquals(fd, entry().feasibility());
        }

        @Test
        void a_hint_of_somebody_else_changes_nothing() {
            advert(0, b, 1, 90);

            table.withdrawn(1, D, c, Reason.RERR);

            assertSame(b, entry().nextHop());
        }
    }

    @Nested
    class U6Forget {
        @Test
        void memory_outlives_the_last_announcement_by_h() {
            announceAndLose();

            table.sweep(1_000 + H, any -> false);
            assertNotNull(table.get(D));
            table.sweep(1_001 + H, any -> false);
            assertNull(table.get(D));
        }

        @Test
        void switched_off_the_own_old_advert_would_come_back_as_a_route() {
            // 4.2 no. 9: expire, keep an advert under way, re-offer it.
            table = table(RuleSwitches.without(Rule.U6_HOLD));
            announceAndLose();
            table.sweep(2_000, any -> false);

            advert(2_001, c, 1, 110); // c learnt it from this node

            assertSame(c, entry().nextHop(), "the loop that the hold prevents");
        }

        @Test
        void with_the_hold_it_does_not() {
            announceAndLose();
            table.sweep(2_000, any -> false);

            advert(2_001, c, 1, 110);

            assertNull(entry().nextHop());
        }

        @Test
        void an_acknowledgement_of_data_prolongs_the_hold() {
            announceAndLose();
            table.acknowledging(50_000, D, WIFI);

            table.sweep(1_001 + H, any -> false);
            assertNotNull(table.get(D));
        }

        @Test
        void a_destination_with_queued_messages_is_not_forgotten() {
            announceAndLose();

            table.sweep(10 * H, D::equals);

            assertNotNull(table.get(D));
        }

        @Test
        void a_full_table_refuses_new_destinations_and_evicts_none() {
            for (int i = 0; i < 4; i++) {
                assertTrue(table.advert(0, new NodeId(10 + i), b, seq(1), 5, 1));
            }

            assertFalse(table.advert(0, D, b, seq(1), 5, 1));
            assertNull(table.get(D));
            assertEquals(1, table.refused());
        }

        private void announceAndLose() {
            advert(0, b, 1, 90);
            table.advertise(1_000, D, WIFI);
            table.withdrawn(1_500, D, b, Reason.REFUSED);
        }
    }

    @Nested
    class U7Incarnation {
        @Test
        void a_new_boot_ends_routes_and_alternates_of_the_old_one() {
            advert(0, b, 1, 90);
            advert(0, c, 1, 80);
            table.sessionEnded(1, c, Reason.NEIGHBOR_REBOOTED);
            table.sessionEnded(1, b, Reason.NEIGHBOR_REBOOTED);

            assertNull(entry().nextHop());
            assertEquals(0, entry().countAlternates());
        }
    }

    @Nested
    class U9Lifetime {
        @Test
        void alternates_that_end_together_are_all_gone() {
            long life = WIFI.alternateLifeMs();
            advert(0, b, 1, 90);
            for (long hop = 10; hop < 13; hop++) {
                advert(0, new FixedHop(hop), 1, 95);
            }
            advert(life / 2, b, 1, 90);
            assertEquals(3, entry().countAlternates());

            table.sweep(life - 1, any -> false);
            assertEquals(3, entry().countAlternates());
            table.sweep(life, any -> false);
            assertEquals(0, entry().countAlternates());
            assertSame(b, entry().nextHop());
        }

        @Test
        void a_route_ends_l_after_its_last_advert() {
            advert(0, b, 1, 90);

            table.sweep(299_999, any -> false);
            assertEquals(RouteState.ACTIVE, entry().state());
            table.sweep(300_000, any -> false);
            assertNull(table.get(D), "nothing was announced, nothing is held");
        }

        @Test
        void an_acknowledged_message_prolongs_it_from_when_it_was_first_sent() {
            advert(0, b, 1, 90);
            table.acknowledged(D, b, 100_000);

            table.sweep(399_999, any -> false);
            assertSame(b, entry().nextHop());
            table.sweep(400_000, any -> false);
            assertNull(table.get(D));
        }

        @Test
        void an_acknowledgement_of_another_next_hop_does_not() {
            advert(0, b, 1, 90);
            table.acknowledged(D, c, 100_000);

            table.sweep(300_000, any -> false);

            assertNull(table.get(D));
        }

        @Test
        void a_link_that_recovers_brings_the_route_back_with_the_life_it_had() {
            advert(0, b, 1, 90);
            b.usable = false;
            table.linkUnusable(100_000, b, Reason.LINK_DOWN);
            assertNull(entry().nextHop());

            b.usable = true;
            table.linkUsable(200_000, b);

            assertSame(b, entry().nextHop());
            assertEquals(300_000, entry().validUntilMs(0));
        }
    }

    @Nested
    class U10Self {
        @Test
        void there_is_no_route_to_myself() {
            table.advert(0, SELF, b, seq(1_000), 1, 1);

            assertNull(table.get(SELF));
        }
    }

    @Nested
    class Settling {
        /** Found by a tenth of a 10x10 grid dying: no gateway had a way back for 100 s, all settlement stood still. */
        @Test
        void the_registration_that_data_carries_does_not_wait_for_a_next_hop_that_will_not_confirm_it() {
            advert(0, b, 1, 90);

            table.registered(1, D, c, seq(2), 200, 3);

            assertSame(c, entry().nextHop());
            assertEquals(new FeasibilityDistance(seq(2), 210), entry().feasibility());
        }

        @Test
        void a_registration_with_the_same_seq_obeys_the_hysteresis() {
            advert(0, b, 1, 90);

            table.registered(1, D, c, seq(1), 89, 3);

            assertSame(b, entry().nextHop());
        }

        @Test
        void a_newer_seq_over_another_way_waits_for_the_present_next_hop() {
            advert(0, b, 1, 90);
            advert(10, c, 2, 500);
            assertSame(b, entry().nextHop());

            advert(500, b, 2, 90);
            table.sweep(5_000, any -> false);

            assertSame(b, entry().nextHop());
            assertEquals(seq(2), entry().current().seq());
        }

        @Test
        void it_moves_when_the_present_next_hop_stays_behind() {
            advert(0, b, 1, 90);
            advert(10, c, 2, 150);

            table.sweep(10 + FixedHop.SETTLE_MS, any -> false);

            assertSame(c, entry().nextHop());
            assertEquals(new FeasibilityDistance(seq(2), 160), entry().feasibility());
        }

        /** In a ring of eight the gateway's next Seq came first over a link a hundred times as bad, minutes before the way round had it. */
        @Test
        void for_a_much_worse_way_it_waits_until_the_present_next_hop_misses_two() {
            advert(0, b, 1, 90);
            advert(10, c, 2, 500);

            table.sweep(10 + FixedHop.SETTLE_MS, any -> false);
            table.sweep(10 + 2 * FixedHop.SETTLE_MS, any -> false);
            assertSame(b, entry().nextHop());

            advert(20 + 2 * FixedHop.SETTLE_MS, c, 3, 500);
            table.sweep(10 + 3 * FixedHop.SETTLE_MS, any -> false);
            assertSame(c, entry().nextHop());
        }

        @Test
        void nor_does_it_wait_once_the_present_next_hop_leads_nowhere() {
            advert(0, b, 1, 90);
            advert(10, c, 2, 500);
            table.withdrawn(20, D, b, Reason.REFUSED);

            assertSame(c, entry().nextHop());
        }
    }

    private void advert(long nowMs, NextHop hop, long count, long metric) {
        table.advert(nowMs, D, hop, seq(count), metric, 3);
    }

    private RouteEntry entry() {
        RouteEntry entry = table.get(D);
        assertNotNull(entry);
        return entry;
    }

    private static Seq seq(long count) {
        return new Seq(1, count);
    }
}
