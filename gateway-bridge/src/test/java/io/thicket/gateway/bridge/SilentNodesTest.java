package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A dead node is {@code offline} and a living one {@code online}, whatever became of the gateways and what they heard. */
class SilentNodesTest {
    private static final String STATUS = "n/n17/status";

    private final Site site = new Site();
    private long seq;

    /** The sensor {@code air} says something every {@code everyMs}, which this gateway gets. */
    private void air(Site on, Site.Gateway gateway, int readings, long everyMs) {
        for (int i = 0; i < readings; i++) {
            on.to(on.nowMs + everyMs);
            gateway.brings(N17, ++seq, "air", seq);
        }
    }

    private void air(Site.Gateway gateway, int readings) {
        air(site, gateway, readings, 10_000);
    }

    /** Two gateways of which each hears what the other one publishes. */
    @Nested
    class WithTwoGateways {
        private final Site.Gateway gw1 = site.gateway("gw1", 0x91);
        private final Site.Gateway gw2 = site.gateway("gw2", 0x92);

        WithTwoGateways() {
            site.to(10_000); // Claims are held back for 8 s after the first connections.
        }

        /** Each took the other one for the gateway that speaks of the node. */
        @Test
        void a_gateway_knows_the_node_for_its_own_although_the_answer_to_its_reading_was_lost() {
            air(gw1, 6);
            air(gw2, 6);
            site.to(site.nowMs + 9_000);
            gw1.brings(N17, ++seq, "air", seq);
            gw1.losesAnswers();
            site.to(site.nowMs + 1_000); // Its claim is won, and the broker takes the reading.
            gw1.connect(BrokerSession.KEPT);

            site.to(site.nowMs + 60_000);

            assertTrue(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
        }

        @Test
        void a_node_that_died_while_its_gateway_began_anew_within_the_delay_of_its_will_is_offline() {
            air(gw1, 6);
            air(gw2, 6);

            gw2.restartAtOnce();
            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void a_living_one_stays_online() {
            air(gw1, 6);
            air(gw2, 6);

            gw2.restartAtOnce();
            air(gw2, 12);

            assertFalse(site.said(STATUS).stream().anyMatch(said -> said.endsWith("offline")), () -> site.said(STATUS)
                    .toString());
        }

        /** gw2, which was away and knows of no silence, never said it. What gw1 hears first after its own return is no news yet. */
        @Test
        void offline_is_taken_back_by_the_first_news_after_a_return() {
            gw1.knows(N17);
            air(site, gw2, 6, 60_000);
            gw2.lose();
            site.to(site.nowMs + 120_000);
            gw2.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 80_000);
            assertEquals("offline", site.retained(STATUS));
            gw1.lose();
            air(site, gw2, 1, 10_000);
            gw1.connect(BrokerSession.KEPT);
            air(site, gw2, 1, 60_000);

            assertEquals("online", site.retained(STATUS));
        }

        /** What it guesses for a node that it heard once is too short for one that speaks every hour. */
        @Test
        void a_slow_node_whose_pace_a_gateway_does_not_know_is_left_to_the_other_one() {
            air(site, gw2, 3, 3_600_000);
            gw1.restart();
            gw1.knows(N17);
            air(site, gw2, 1, 3_600_000);
            site.to(site.nowMs + 5_000);
            gw2.lose();
            gw2.connect(BrokerSession.KEPT);

            site.to(site.nowMs + 1_800_000);

            assertEquals("online", site.retained(STATUS));
        }

        /** Its pace is not that at which the broker passes on what it kept. */
        @Test
        void what_is_heard_at_once_after_a_return_does_not_make_a_node_fast() {
            Site unset = new Site();
            Site.Gateway first = unset.gateway("gw1", 0x91, 0, false);
            Site.Gateway second = unset.gateway("gw2", 0x92, 0, false);
            unset.to(10_000);
            first.knows(N17);
            air(unset, second, 2, 60_000);
            first.lose();
            air(unset, second, 30, 60_000);
            first.connect(BrokerSession.KEPT);
            second.die();

            unset.to(unset.nowMs + 90_000);

            assertEquals("online", unset.retained(STATUS));
        }

        /** It is not in the mesh of gw1, which knows nothing of its pace. */
        @Test
        void a_node_that_was_heard_through_a_gateway_that_went_is_not_missing() {
            air(gw2, 6);
            gw1.restart();
            air(gw2, 88);
            gw2.die();

            site.to(site.nowMs + 60_000);

            assertFalse(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
        }

        @Test
        void of_nodes_from_before_its_time_a_gateway_says_nothing_while_another_one_may_know_better() {
            air(gw2, 6);
            gw1.restart();
            air(site, gw2, 3, 1_800_000);

            assertFalse(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
        }

        /** A broker that did not let it read, say. */
        @Test
        void whom_a_gateway_could_not_hear_is_not_missing() {
            air(gw2, 6);
            gw1.restart();
            site.to(site.nowMs + 1_000_000);
            gw1.lose();
            gw1.connect(BrokerSession.DEAF);
            air(site, gw2, 130, 2_000_000);
            gw1.lose();
            gw1.connect(BrokerSession.NEW);
            site.to(site.nowMs + 120_000);

            assertFalse(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
        }

        /** No gateway knows how often it spoke. */
        @Test
        void one_that_died_while_no_gateway_was_there_is_offline_after_three_days() {
            air(gw2, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            gw2.restart();
            site.to(site.nowMs + 250_000_000);
            assertEquals("online", site.retained(STATUS));

            site.to(site.nowMs + 10_000_000);

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void another_one_of_its_name_at_another_gateway_stays_online() {
            air(gw2, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            for (int i = 1; i < 130; i++) {
                site.to(site.nowMs + 2_000_000);
                gw2.brings(N18, "n17", i, "air", i);
            }
            site.to(site.nowMs + 3_000_000);

            assertFalse(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
            assertEquals("online", site.retained(STATUS));
        }

        /** What one says of the values of its time is nothing to the other. */
        @Test
        void clocks_that_are_not_set_do_not_hold_up_the_state() {
            Site unset = new Site();
            Site.Gateway ahead = unset.gateway("gw1", 0x91, 7_200_000, false);
            Site.Gateway behind = unset.gateway("gw2", 0x92, 0, false);
            unset.to(10_000);
            ahead.knows(N17);
            behind.knows(N17);
            air(unset, ahead, 3, 10_000);
            air(unset, behind, 3, 10_000);
            unset.to(unset.nowMs + 2_000);

            assertTrue(unset.retained("n/n17/state").contains("\"seq\":" + seq), unset.retained("n/n17/state"));
        }
    }

    /** Gateways that hear no readings, but pages of them. */
    @Nested
    class WithHold {
        private final Site holding = new Site(new BridgeSettings(NoSubscribers.HOLD, 20, 10_000));
        private final Site.Gateway gw1 = holding.gateway("gw1", 0x91);
        private final Site.Gateway gw2 = holding.gateway("gw2", 0x92);

        /** gw1 takes its pace for 10 s, gw2 for 60 s. */
        @Test
        void a_gateway_takes_back_what_the_other_one_never_said() {
            air(holding, gw2, 6, 60_000);
            air(holding, gw1, 6, 10_000);
            air(holding, gw2, 2, 60_000);
            holding.to(holding.nowMs + 5_000);

            assertTrue(holding.said(STATUS).contains("gw1 offline"), () -> holding.said(STATUS)
                    .toString());
            assertEquals("online", holding.retained(STATUS));
        }
    }

    @Nested
    class WithOneGateway {
        private final Site.Gateway gw1 = site.gateway("gw1", 0x91);

        @Test
        void a_node_that_died_while_there_was_no_gateway_is_offline() {
            air(gw1, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            gw1.brings(N18, 1, "air", 1);
            site.to(site.nowMs + 600_000);
            gw1.brings(N18, 2, "air", 1);
            site.to(site.nowMs + 200_000);
            assertEquals("online", site.retained(STATUS));

            site.to(site.nowMs + 150_000);

            assertEquals("offline", site.retained(STATUS));
            assertEquals("online", site.retained("n/n18/status"));
            air(gw1, 1);
            assertEquals("online", site.retained(STATUS));
        }

        /** The broker had kept what it said last. */
        @Test
        void so_is_one_whose_last_reading_is_heard_at_the_start() {
            air(gw1, 6);
            gw1.losesAnswers();
            air(gw1, 1);
            gw1.restartAtOnce();
            site.to(site.nowMs + 1_000_000);

            assertEquals("offline", site.retained(STATUS));
        }

        /** A new card, say: it has another number. */
        @Test
        void another_one_of_the_same_name_stays_online() {
            air(gw1, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            for (int i = 1; i < 120; i++) {
                site.to(site.nowMs + 10_000);
                gw1.brings(N18, "n17", i, "air", i);
            }

            assertEquals("online", site.retained(STATUS));
            assertFalse(site.said(STATUS).contains("gw1 offline"), () -> site.said(STATUS)
                    .toString());
        }

        /** Its readings wait in the mesh. */
        @Test
        void nor_is_one_missing_for_the_time_that_the_broker_was_away() {
            air(gw1, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            site.to(site.nowMs + 20_000);
            gw1.lose();
            site.to(site.nowMs + 2_000_000);
            gw1.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 60_000);

            assertEquals("online", site.retained(STATUS));
        }

        @Test
        void so_is_one_that_only_said_its_name_since() {
            air(gw1, 6);
            site.to(site.nowMs + 3_000);
            gw1.restart();
            gw1.knows(N17);
            site.to(site.nowMs + 1_000_000);

            assertEquals("offline", site.retained(STATUS));
        }
    }
}
