package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the broker retains of a node whose readings come through one gateway and then through another. */
class NodesOfSeveralGatewaysTest {
    private static final String STATUS = "n/n17/status";
    private static final String INFO = "n/n17/info";
    private static final String STATE = "n/n17/state";

    private final Site site = new Site();
    private final Site.Gateway gw1 = site.gateway("gw1", 0x91);
    private final Site.Gateway gw2 = site.gateway("gw2", 0x92);
    private long seq;

    /** Claims are held back for 8 s after the first connections. */
    @BeforeEach
    void begin() {
        site.to(10_000);
    }

    /** The sensor {@code air} says something every 10 s, which this gateway gets. */
    private void air(Site.Gateway gateway, int readings) {
        for (int i = 0; i < readings; i++) {
            site.to(site.nowMs + 10_000);
            gateway.brings(N17, ++seq, "air", seq);
        }
    }

    private void assertOffline(int times) {
        assertEquals(
                times,
                site.said(STATUS).stream()
                        .filter(said -> said.endsWith(" offline"))
                        .count(),
                site.said(STATUS)::toString);
    }

    @Nested
    class Status {
        @Test
        void a_node_that_moved_to_another_gateway_is_online() {
            air(gw1, 6);
            air(gw2, 12);

            assertOffline(0);
            assertEquals("online", site.retained(STATUS));
        }

        @Test
        void one_that_comes_back_is_online_and_then_silent_at_the_gateway_that_has_it() {
            air(gw1, 6);
            air(gw2, 12);
            air(gw1, 6);
            assertOffline(0);

            site.to(site.nowMs + 45_000);

            assertOffline(1);
            assertEquals("gw1 offline", site.said(STATUS).get(site.said(STATUS).size() - 1));
            air(gw2, 1);
            site.to(site.nowMs + 2_000);
            assertEquals("online", site.retained(STATUS));
        }

        @Test
        void one_that_is_silent_after_its_gateway_died_is_offline() {
            air(gw1, 6);
            air(gw2, 6);

            gw2.die();
            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained(STATUS));
            air(gw1, 1);
            site.to(site.nowMs + 2_000);
            assertEquals("online", site.retained(STATUS));
        }

        @Test
        void one_that_was_only_known_to_the_other_gateway_is_offline_then_too() {
            gw1.knows(N17);
            air(gw2, 6);

            gw2.die();
            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void one_that_leaves_a_dead_gateway_is_online() {
            air(gw1, 6);
            air(gw2, 6);

            gw2.die();
            site.to(site.nowMs + 9_000);
            air(gw1, 6);

            assertOffline(0);
        }

        @Test
        void one_that_died_while_its_gateway_began_anew_is_offline() {
            air(gw1, 6);
            air(gw2, 6);

            gw2.restart();
            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void a_gateway_that_said_offline_takes_it_back_when_another_one_brings_the_node() {
            air(gw1, 6);
            air(gw2, 6);
            gw2.lose();
            site.say(gw2.bridge.lastWill());
            site.to(site.nowMs + 45_000);
            assertEquals("offline", site.retained(STATUS));

            gw2.connect(BrokerSession.KEPT);
            air(gw2, 1);
            site.to(site.nowMs + 2_000);

            assertEquals("online", site.retained(STATUS));
        }

        /** It said so while the other gateway was gone, and then it was gone itself. */
        @Test
        void a_gateway_that_said_offline_does_not_say_it_again_of_a_node_that_spoke_meanwhile() {
            air(gw1, 6);
            air(gw2, 6);
            gw2.die();
            site.to(site.nowMs + 45_000);
            gw1.lose();
            gw2.restart();
            air(gw2, 3);
            site.to(site.nowMs + 5_000);
            int offline = site.said(STATUS).lastIndexOf("gw1 offline");

            gw1.connect(BrokerSession.NEW);

            assertEquals("online", site.retained(STATUS));
            assertEquals(offline, site.said(STATUS).lastIndexOf("gw1 offline"));
        }

        /** One of the gateways knows of a second node of that name. */
        @Test
        void where_gateways_call_it_differently_each_speaks_under_its_name() {
            air(gw1, 6);
            for (int i = 0; i < 6; i++) {
                site.to(site.nowMs + 10_000);
                gw2.brings(N17, "n17-0000", ++seq, "air", 1);
            }
            assertOffline(0);

            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained("n/n17-0000/status"));
            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void one_that_both_bring_by_turns_is_online_until_it_is_silent() {
            air(gw1, 2);
            for (int i = 0; i < 12; i++) {
                air(gw2, 1);
                air(gw1, 1);
            }
            assertOffline(0);

            site.to(site.nowMs + 45_000);

            assertOffline(1);
        }
    }

    @Nested
    class State {
        @Test
        void a_gateway_that_comes_back_says_nothing_of_nodes_that_moved() {
            air(gw1, 6);
            gw1.lose();
            air(gw2, 6);
            String state = site.retained(STATE);
            int infos = site.said(INFO).size();

            gw1.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 5_000);

            assertEquals(state, site.retained(STATE));
            assertEquals(infos, site.said(INFO).size());
        }

        @Test
        void nor_does_one_whose_session_the_broker_lost() {
            air(gw1, 6);
            gw1.lose();
            air(gw2, 6);
            site.to(site.nowMs + 5_000);
            String state = site.retained(STATE);

            gw1.connect(BrokerSession.NEW);
            site.to(site.nowMs + 5_000);

            assertEquals(state, site.retained(STATE));
            air(gw2, 6);
            assertOffline(0);
        }

        @Test
        void its_own_nodes_it_says_again() {
            air(gw1, 6);
            String state = site.retained(STATE);
            gw1.lose();
            site.forget();

            gw1.connect(BrokerSession.KEPT);

            assertEquals(state, site.retained(STATE));
            assertEquals("online", site.retained(STATUS));
            assertTrue(site.retained(INFO).contains("air"), site.retained(INFO));
        }

        @Test
        void by_turns_each_says_the_newest_values_of_all_sensors() {
            air(gw1, 1);
            gw1.brings(N17, ++seq, "soil", 5);
            site.to(site.nowMs + 2_000);
            gw2.knows(N17);
            air(gw2, 1);
            site.to(site.nowMs + 2_000);
            gw2.brings(N17, ++seq, "soil", 7);
            air(gw1, 1);
            site.to(site.nowMs + 2_000);

            assertTrue(
                    site.retained(STATE)
                            .startsWith("{\"air_temperature\":5,\"air_humidity\":44.7,\"soil_temperature\":7,"),
                    site.retained(STATE));
        }
    }

    @Nested
    class Info {
        @Test
        void a_gateway_that_knows_no_sensor_of_a_node_leaves_what_another_one_said() {
            air(gw1, 2);
            site.to(site.nowMs + 5_000);
            String info = site.retained(INFO);

            gw2.knows(N17);
            site.to(site.nowMs + 60_000);

            assertEquals(info, site.retained(INFO));
        }

        @Test
        void nor_does_it_after_its_own_restart() {
            gw1.knows(N17);
            air(gw1, 2);
            site.to(site.nowMs + 5_000);
            String info = site.retained(INFO);
            assertTrue(info.contains("air"), info);

            gw1.restart();
            gw1.knows(N17);

            assertEquals(info, site.retained(INFO));
        }

        @Test
        void one_that_gets_a_node_of_another_waits_until_each_sensor_spoke() {
            air(gw1, 1);
            gw1.brings(N17, ++seq, "soil", 5);
            site.to(site.nowMs + 2_000);
            String info = site.retained(INFO);
            assertTrue(info.contains("air") && info.contains("soil"), info);

            air(gw2, 2);
            assertEquals(info, site.retained(INFO));
            gw2.brings(N17, ++seq, "wind", 5);
            air(gw2, 1);
            gw2.brings(N17, ++seq, "wind", 6);
            air(gw2, 3);

            assertFalse(site.retained(INFO).contains("soil"), site.retained(INFO));
            assertTrue(site.retained(INFO).contains("wind"), site.retained(INFO));
        }

        /** They start together: the word of the one without a reading came after that of the other one, in one of three runs with mosquitto. */
        @Test
        void a_gateway_that_knows_a_node_from_the_mesh_alone_does_not_say_that_it_has_no_sensors() {
            gw1.knows(N17);
            gw2.knows(N17);
            site.to(site.nowMs + 2_000);
            gw1.brings(N17, ++seq, "air", seq);
            site.to(site.nowMs + 60_000);

            assertTrue(
                    site.said(INFO).stream().allMatch(said -> said.startsWith("gw1 ") && said.contains("air")),
                    site.said(INFO)::toString);
            assertTrue(site.retained(INFO).contains("air"), site.retained(INFO));
        }

        @Test
        void a_node_without_readings_is_told_of_after_ten_seconds() {
            gw2.knows(N17);
            site.to(site.nowMs + 9_000);
            assertEquals(List.of(), site.said(INFO));

            site.to(site.nowMs + 2_000);

            assertTrue(site.retained(INFO).contains("\"sensors\":{}"), site.retained(INFO));
        }
    }

    @Nested
    class Outage {
        @Test
        void nodes_are_not_offline_after_it() {
            air(gw1, 6);
            gw1.lose();
            gw2.lose();
            site.to(site.nowMs + 60_000);

            gw1.connect(BrokerSession.KEPT);
            gw2.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 15_000);
            air(gw1, 2);

            assertOffline(0);
        }

        @Test
        void one_that_stays_silent_is_offline_some_intervals_later() {
            air(gw1, 6);
            gw1.lose();
            site.to(site.nowMs + 60_000);

            gw1.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 45_000);

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void a_connection_that_breaks_again_and_again_keeps_no_dead_node_online() {
            gw1.brings(N17, ++seq, "air", 1);
            site.to(300_000);
            gw1.brings(N17, ++seq, "air", 1);
            for (int i = 0; i < 12; i++) {
                site.to(site.nowMs + 100_000);
                gw1.lose();
                site.to(site.nowMs + 5_000);
                gw1.connect(BrokerSession.KEPT);
            }

            assertEquals("offline", site.retained(STATUS));
        }

        @Test
        void sensors_are_not_forgotten_for_it() {
            gw1.brings(N17, ++seq, "air", 1);
            gw1.brings(N17, ++seq, "soil", 1);
            site.to(40_000);
            gw1.lose();
            site.to(4_000_000);

            gw1.connect(BrokerSession.KEPT);
            site.to(site.nowMs + 5_000);

            assertTrue(site.retained(INFO).contains("soil"), site.retained(INFO));
        }
    }

    @Nested
    class Name {
        @Test
        void a_node_whose_readings_another_gateway_published_is_found_by_what_that_one_calls_it() {
            air(gw2, 1);
            site.to(site.nowMs + 5_000);

            assertEquals(Optional.of(N17), gw1.bridge.nodeCalled("n17"));
            assertEquals(Optional.empty(), gw1.bridge.nodeCalled("n18"));
        }

        @Test
        void by_a_name_that_gateways_give_to_two_none_is_found() {
            air(gw2, 1);
            gw2.brings(N18, "n17", 1, "air", 1);
            site.to(site.nowMs + 5_000);

            assertEquals(Optional.empty(), gw1.bridge.nodeCalled("n17"));
        }
    }

    @Test
    void a_single_gateway_works_as_ever() {
        gw2.die();
        gw1.knows(N17);
        air(gw1, 3);

        assertEquals(List.of("gw1 online"), site.said(STATUS));
        site.to(site.nowMs + 45_000);
        assertEquals(List.of("gw1 online", "gw1 offline"), site.said(STATUS));
        assertTrue(site.retained(INFO).contains("air"), site.retained(INFO));
    }
}
