package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.outdated;
import static io.thicket.gateway.Fixtures.wall;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a bridge does with what it hears from the broker. */
class HeardReadingsTest extends BridgeBench {
    @Test
    void nothing_is_published_before_the_markers_came_back() {
        bridge.onArrival(0, batch(N17, "n17", 1, 0, 1, 1));
        bridge.onConnected(0, BROKER, BrokerSession.NEW);
        assertEquals(List.of(), effects.ids());
        ackAll(5);
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertEquals(2, effects.on("/sync").size());
    }

    @Test
    void without_its_markers_it_goes_on_after_five_seconds_and_says_so() {
        bridge.onArrival(0, batch(N17, "n17", 1, 0, 1, 1));
        bridge.onConnected(0, BROKER, BrokerSession.NEW);
        bridge.onDeadline(4_000);
        assertEquals(List.of(), effects.ids());
        bridge.onDeadline(5_000);
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertTrue(bridge.problem(5_000).contains("does not let this gateway read"), bridge.problem(5_000));
    }

    /** The broker kept no more than 40 of them, say, and told nobody: found by a swarm, seed 0x2e5018c7. */
    @Test
    void where_many_were_kept_the_pages_are_asked_for_again_and_waited_for() {
        connect(0, BrokerSession.NEW);
        bridge.onDisconnected(1_000);
        bridge.onArrival(1_500, batch(N17, "n17", 7, 1_500, Hearing.MANY + 1, Hearing.MANY + 1));
        bridge.onConnected(2_000, BROKER, BrokerSession.KEPT);
        for (int seq = 1; seq <= Hearing.MANY; seq++) {
            hearReading(2_100, seq, "gw2");
        }
        ackAll(2_200);
        assertEquals(List.of(ROOT + "n/+/published"), effects.subscribedAgain);
        bridge.onDeadline(4_300);
        ackAll(4_300);
        hear(4_400, "n/n17/published", "0000000000000017 3:1-41", Map.of());

        for (long nowMs = 5_400; nowMs < 10_000; nowMs += 1_000) {
            bridge.onDeadline(nowMs);
            ackAll(nowMs);
        }

        assertEquals(List.of(), effects.ids());
        assertEquals(List.of("7 BROKER_ACKED"), effects.settled);
        assertEquals(List.of(ROOT + "n/+/published"), effects.subscribedAgain);
    }

    @Test
    void it_goes_on_after_three_seconds_if_no_page_has_what_waits() {
        connect(0, BrokerSession.NEW);
        bridge.onDisconnected(1_000);
        bridge.onArrival(1_500, batch(N18, "n18", 7, 1_500, 1, 1));
        bridge.onConnected(2_000, BROKER, BrokerSession.KEPT);
        for (int seq = 1; seq <= Hearing.MANY; seq++) {
            hearReading(2_100, seq, "gw2");
        }
        ackAll(2_200);
        for (long nowMs = 3_000; nowMs < 5_200; nowMs += 1_000) {
            bridge.onDeadline(nowMs);
            ackAll(nowMs);
            assertEquals(List.of(), effects.ids());
        }
        for (long nowMs = 6_000; nowMs < 9_000; nowMs += 1_000) {
            bridge.onDeadline(nowMs);
            ackAll(nowMs);
        }

        assertEquals(List.of("n18/3/1"), effects.ids());
        assertEquals("", bridge.problem(9_000));
    }

    @Test
    void where_few_were_kept_nothing_is_waited_for() {
        connect(0, BrokerSession.NEW);
        bridge.onDisconnected(1_000);
        bridge.onConnected(2_000, BROKER, BrokerSession.KEPT);
        for (int seq = 1; seq < Hearing.MANY; seq++) {
            hearReading(2_100, seq, "gw2");
        }
        ackAll(2_200);

        assertEquals(List.of(), effects.subscribedAgain);
        assertEquals(4, effects.on("/sync").size());
    }

    @Test
    void what_another_gateway_published_is_settled_and_not_published() {
        connect(0, BrokerSession.NEW);
        hearReading(10, 1, "gw2");
        bridge.onArrival(20, batch(N17, "n17", 7, 20, 1, 1));
        ackAll(30);
        assertEquals(List.of("7 DUPLICATE"), effects.settled);
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void what_waits_here_is_settled_when_another_gateway_publishes_it() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 1));
        hearReading(10, 1, "gw2");
        connect(20, BrokerSession.KEPT);
        assertEquals(List.of("7 BROKER_ACKED"), effects.settled);
        assertEquals(List.of(), effects.ids());
        assertEquals(1, counter(BridgeCounter.READINGS_HEARD));
    }

    @Test
    void a_page_that_the_broker_retains_is_as_good() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 3));
        bridge.onConnected(0, BROKER, BrokerSession.NEW);
        hear(1, "n/n17/published", "0000000000000017 3:1-2", Map.of());
        ackAll(5);
        assertEquals(List.of("n17/3/3"), effects.ids());
        assertEquals(List.of("7 BROKER_ACKED"), effects.settled);
    }

    @Test
    void what_was_on_its_way_is_published_again_only_if_it_is_not_heard() {
        connect(0, BrokerSession.NEW);
        bridge.onArrival(10, batch(N17, "n17", 7, 10, 1, 2));
        effects.open.clear();
        bridge.onDisconnected(20);
        effects.published.clear();
        hearReading(30, 1, "gw1");
        connect(30, BrokerSession.KEPT);
        assertEquals(List.of("n17/3/2"), effects.ids());
        assertFalse(effects.on("/data").get(0).properties().containsKey("dup"), "it cannot be there");
        assertEquals(List.of("7 BROKER_ACKED"), effects.settled);
    }

    @Test
    void a_node_of_another_gateway_is_claimed_first() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        assertEquals("0000000000000017 3:1", effects.on("gw1/claim").get(0).payload());
        assertEquals(List.of(), effects.ids());
        hear(1_020, "gw/gw1/claim", "0000000000000017 3:1", Map.of());
        bridge.onDeadline(2_000);
        assertEquals(List.of(), effects.ids());
        bridge.onDeadline(3_000);
        assertEquals(List.of("n17/3/1"), effects.ids());
    }

    @Test
    void readings_of_several_nodes_are_claimed_in_one_message() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.NEW);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 2));
        bridge.onArrival(1_000, batch(N18, "n18", 8, 1_000, 4, 4));
        bridge.onDeadline(Claims.LIFE_MS);

        String lines = "0000000000000017 3:1-2\n0000000000000018 3:4";
        assertEquals(
                List.of(lines),
                effects.on("gw1/claim").stream().map(Publication::payload).toList());
        hear(8_020, "gw/gw1/claim", lines, Map.of());
        bridge.onDeadline(9_020);
        assertEquals(List.of("n17/3/1", "n18/3/4", "n17/3/2"), effects.ids());
    }

    @Test
    void claims_are_small_enough_for_the_broker() {
        hear(0, "gw/gw2/status", "online", Map.of());
        bridge.onConnected(0, new BrokerLimits(20, 500), BrokerSession.KEPT);
        ackAll(0);
        for (int i = 1; i <= 40; i++) {
            NodeId node = new NodeId(i);
            bridge.onNodeKnown(900, new Identity(node, "m" + i, Set.of(), 1), "m" + i);
            bridge.onArrival(1_000, batch(node, "m" + i, i, 1_000, 1, 1));
        }
        for (int round = 1; round <= 20; round++) {
            long nowMs = 1_000 + 500 * round;
            bridge.onDeadline(nowMs);
            List<Publication> claims = effects.on("gw1/claim");
            effects.published.removeAll(claims);
            claims.forEach(claim -> hear(nowMs + 20, "gw/gw1/claim", claim.payload(), Map.of()));
            ackAll(nowMs + 20);
            effects.ids().forEach(id -> hearReadingOf(nowMs + 40, id));
        }
        assertEquals(List.of(), effects.warnings);
        assertEquals(0, bridge.heldReadings());
    }

    @Test
    void a_claim_of_all_numbers_of_many_nodes_does_not_keep_it_busy() {
        int[] asked = {0};
        List<LedgerPage> pages =
                LedgerPage.parseLines("0000000000000017 1:1-4294967295\n".repeat(127) + "0000000000000018 1:1");
        assertEquals(128, pages.size());
        new Claims(new SiteNodes(1), new Work()).heardClaim(0, pages, "gw2", false, key -> ++asked[0] < 0);
        assertEquals(ForeignClaims.MAX, asked[0]);
    }

    @Test
    void while_a_claim_is_on_its_way_others_wait_and_share_the_next_message() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        bridge.onArrival(1_010, batch(N17, "n17", 8, 1_010, 2, 2));
        bridge.onArrival(1_015, batch(N18, "n18", 9, 1_015, 4, 4));
        assertEquals(1, effects.on("gw1/claim").size());

        hear(1_020, "gw/gw1/claim", "0000000000000017 3:1", Map.of());
        assertEquals(
                "0000000000000017 3:2\n0000000000000018 3:4",
                effects.on("gw1/claim").get(1).payload());
        bridge.onArrival(1_030, batch(N18, "n18", 10, 1_030, 5, 5));
        bridge.onDeadline(2_000);
        assertEquals(2, effects.on("gw1/claim").size());
        bridge.onDeadline(1_020 + Claims.BACK_WITHIN_MS);
        assertEquals(3, effects.on("gw1/claim").size(), "the broker dropped it");
    }

    @Test
    void a_gateway_publishes_no_faster_than_it_hears() {
        int gateways = 200;
        for (int i = 2; i <= gateways; i++) {
            hear(0, "gw/gw" + i + "/status", "online", Map.of());
        }
        connect(0, BrokerSession.KEPT);
        bridge.onNodeKnown(0, new Identity(N17, "n17", Set.of(), 3), "n17");
        hearReading(1, 1, "gw1"); // so it is the one that had them last
        bridge.onArrival(2_000, batch(N17, "n17", 7, 2_000, 2, 9));
        ackAll(2_010);
        assertEquals(List.of("n17/3/2", "n17/3/3"), effects.ids());

        hearReading(2_020, 2, "gw1");
        ackAll(2_020);
        assertEquals(List.of("n17/3/2", "n17/3/3", "n17/3/4"), effects.ids());

        bridge.onDeadline(3_900);
        assertEquals(3, effects.ids().size());
        bridge.onDeadline(2_020 + Echoes.BACK_WITHIN_MS + 1_000);
        ackAll(5_030);
        assertEquals(5, effects.ids().size(), "what did not come back was dropped by the broker");
    }

    /** Of 4096 nodes all others had readings that waited. The echo was taken for another gateway's, and for 2 s there was no room. */
    @Test
    void what_comes_back_makes_room_also_if_its_node_was_forgotten_meanwhile() {
        int gateways = 200;
        for (int i = 2; i <= gateways; i++) {
            hear(0, "gw/gw" + i + "/status", "online", Map.of());
        }
        connect(0, BrokerSession.KEPT);
        bridge.onNodeKnown(0, new Identity(N17, "n17", Set.of(), 3), "n17");
        bridge.onNodeKnown(0, new Identity(N18, "n18", Set.of(), 3), "n18");
        hear(1, "gw/gw1/claim", N17 + " " + N18, Map.of());
        bridge.onArrival(2_000, batch(N17, "n17", 7, 2_000, 2, 3));
        ackAll(2_010);
        bridge.onArrival(2_020, batch(N18, "n18", 8, 2_020, 2, 2));
        for (int i = 1; i < Bridge.MAX_NODES; i++) {
            bridge.onArrival(2_020, batch(new NodeId(1_000 + i), "x" + i, 9, 2_020, 1, 1));
        }
        ackAll(2_025);
        assertEquals(1, counter(BridgeCounter.NODES_FORGOTTEN));
        assertEquals(List.of("n17/3/2", "n17/3/3"), effects.ids());

        hearReading(2_030, 2, "gw1");

        assertEquals(List.of("n17/3/2", "n17/3/3", "n18/3/2"), effects.ids());
    }

    /** Since when a node that became known later is one's own nobody noted: it may be since just now. */
    @Test
    void of_a_node_that_became_known_just_now_a_reading_is_claimed_although_the_node_is_ones_own() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        hearReading(1, 1, "gw1");
        bridge.onArrival(20_000, batch(N17, "n17", 7, 20_000, 2, 2));
        ackAll(20_001);

        assertEquals(List.of(), effects.ids());
        assertEquals(1, effects.on("gw1/claim").size());
    }

    @Test
    void of_what_others_published_few_pages_are_written_at_a_time() {
        int gateways = BrokerPages.OF_OTHERS_OUT / SHARE;
        for (int i = 2; i <= gateways; i++) {
            hear(0, "gw/gw" + i + "/status", "online", Map.of());
        }
        connect(0, BrokerSession.KEPT);
        for (int i = 1; i <= 3 * SHARE; i++) {
            hear(
                    10,
                    "n/m" + i + "/data",
                    "[]",
                    Map.of("id", "m" + i + "/3/1", "node", "%016x".formatted(i), "via", "gw2"));
        }
        bridge.onDeadline(11_000);
        assertEquals(SHARE, effects.on("/published").size());
        refuseAll(11_010);
        bridge.onDeadline(12_000);
        assertEquals(SHARE, effects.on("/published").size());

        Publication first = effects.on("/published").get(0);
        hear(12_100, first.topic().substring(ROOT.length()), first.payload(), Map.of());
        bridge.onDeadline(13_000);
        assertEquals(SHARE + 1, effects.on("/published").size());
        refuseAll(13_010);
        bridge.onDeadline(21_500);
        assertEquals(2 * SHARE, effects.on("/published").size(), "those of 11 s will not come back, that of 13 s may");
        refuseAll(21_510);
        bridge.onDeadline(23_000);
        assertEquals(2 * SHARE + 1, effects.on("/published").size());
    }

    @Test
    void a_claim_is_won_when_its_second_is_over() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        bridge.onDeadline(1_000);
        bridge.onArrival(1_300, batch(N17, "n17", 7, 1_300, 1, 1));
        hear(1_340, "gw/gw1/claim", "0000000000000017 3:1", Map.of());

        bridge.onDeadline(2_000);
        assertEquals(2_340, bridge.nextDeadlineMs());
        bridge.onDeadline(2_339);
        assertEquals(List.of(), effects.ids());
        bridge.onDeadline(2_340);
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertEquals(3_000, bridge.nextDeadlineMs());
    }

    @Test
    void a_claim_leaves_when_the_eight_seconds_after_a_connection_are_over() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(300, BrokerSession.NEW);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        bridge.onDeadline(8_000);
        assertEquals(List.of(), effects.on("gw1/claim"));

        assertEquals(8_300, bridge.nextDeadlineMs());
        bridge.onDeadline(8_300);
        assertEquals(1, effects.on("gw1/claim").size());
        assertEquals(9_000, bridge.nextDeadlineMs());
    }

    @Test
    void a_claim_that_is_heard_too_late_begins_anew() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        ackAll(1_010);
        hear(5_500, "gw/gw1/claim", "0000000000000017 3:1", Map.of());

        bridge.onDeadline(6_500);
        assertEquals(List.of(), effects.ids());
        assertEquals(2, effects.on("gw1/claim").size());
        assertEquals(7_500, bridge.nextDeadlineMs());
    }

    @Test
    void the_first_of_two_claims_counts_until_it_is_void() {
        hear(0, "gw/gw2/status", "online", Map.of());
        connect(0, BrokerSession.KEPT);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        hear(1_010, "gw/gw2/claim", "0000000000000017 3:1", Map.of());
        hear(1_020, "gw/gw1/claim", "0000000000000017 3:1", Map.of());
        long at = 2_000;
        while (at < 1_010 + Claims.LIFE_MS) {
            bridge.onDeadline(at);
            at += 1_000;
        }
        assertEquals(List.of(), effects.ids());
        assertEquals(1, effects.on("gw1/claim").size());
        bridge.onDeadline(at);
        ackAll(at);
        assertEquals(2, effects.on("gw1/claim").size());
        hear(at + 10, "gw/gw1/claim", "0000000000000017 3:1", Map.of());
        bridge.onDeadline(at + 2_000);
        assertEquals(List.of("n17/3/1"), effects.ids());
    }

    @Test
    void alone_it_claims_nothing() {
        hear(0, "gw/gw2/status", "offline", Map.of());
        connect(0, BrokerSession.NEW);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertEquals(List.of(), effects.on("/claim"));
    }

    @Test
    void a_page_is_written_two_seconds_after_a_reading_and_only_then_the_reading_is_answered() {
        connect(0, BrokerSession.KEPT);
        bridge.onArrival(1_000, batch(N17, "n17", 7, 1_000, 1, 1));
        ackAll(1_010);
        hearReading(1_010, 1, "gw1");
        long heard = token;
        assertFalse(effects.heard.contains(heard));
        bridge.onDeadline(2_000);
        assertEquals(List.of(), effects.on("/published"));
        bridge.onDeadline(4_000);
        assertEquals("0000000000000017 3:1", effects.on("/published").get(0).payload());
        assertTrue(effects.on("/published").get(0).retained());
        assertFalse(effects.heard.contains(heard));
        ackAll(4_010);
        assertTrue(effects.heard.contains(heard));
    }

    @Test
    void two_gateways_that_published_one_reading_are_named() {
        connect(0, BrokerSession.NEW);
        bridge.onArrival(10, batch(N17, "n17", 7, 10, 1, 1));
        ackAll(20);
        hearReading(30, 1, "gw2");
        assertEquals(1, counter(BridgeCounter.READINGS_TWICE));
        assertTrue(effects.warnings.get(0).contains("id=n17/3/1 other=gw2"), effects.warnings.toString());
    }

    @Test
    void a_heard_number_of_an_outdated_origin_is_neither_published_nor_settled() {
        connect(0, BrokerSession.NEW);
        hearReading(10, 1, "gw2");
        bridge.onArrival(20, outdated(batch(N17, "n17", 7, 20, 1, 1)));
        ackAll(30);
        assertEquals(List.of(), effects.settled);
        assertEquals(List.of(), effects.ids());
    }

    /** Its node goes on with it after it learned of a later epoch. */
    @Test
    void a_known_reading_of_a_former_boot_is_settled() {
        connect(0, BrokerSession.NEW);
        hearReading(10, 1, "gw2");
        hear(11, "n/n17/published", "0000000000000017 3:1 4:7-9", Map.of());
        bridge.onArrival(20, batch(N17, "n17", 7, 20, 1, 1));
        ackAll(30);
        assertEquals(List.of("7 DUPLICATE"), effects.settled);
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void with_hold_it_does_not_listen_to_readings() {
        BridgeSettings hold = new BridgeSettings(NoSubscribers.HOLD, 20, 100);
        Bridge holding = new Bridge(0, hold, TOPICS, GATEWAY, 1, wall(), effects);
        assertEquals(
                List.of(ROOT + "n/+/published", ROOT + "gw/gw1/sync", ROOT + "gw/gw1/status"),
                holding.subscriptions().filters());
        assertTrue(bridge.subscriptions().filters().contains(ROOT + "n/+/data"));
    }

    @Test
    void what_is_no_reading_of_a_gateway_changes_nothing() {
        connect(0, BrokerSession.NEW);
        hear(1, "n/n17/data", "[]", Map.of());
        hear(1, "n/n17/data", "[]", Map.of("id", "n17/x/1", "node", "0000000000000017"));
        hear(1, "n/n17/data", "[]", Map.of("id", "n17/3/1", "node", "17"));
        hear(1, "n/n17/published", "", Map.of());
        hear(1, "gw/gw2/claim", "all", Map.of());
        bridge.onArrival(10, batch(N17, "n17", 7, 10, 1, 1));
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertTrue(effects.heard.contains(token));
    }
}
