package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.WALL_MS;
import static io.thicket.gateway.Fixtures.arrival;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.reading;
import static io.thicket.gateway.Fixtures.wall;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.thicket.agent.port.WallClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a gateway cannot know whether the broker has a reading, and says so: {@code dup=possible}. */
class DoubtTest extends BridgeBench {
    private static WallClock clock(long[] wallMs, boolean[] set) {
        return new WallClock() {
            @Override
            public long nowMs() {
                return wallMs[0];
            }

            @Override
            public boolean isSynchronised() {
                return set[0];
            }
        };
    }

    @Test
    void if_the_broker_lost_the_session_what_was_on_its_way_may_come_twice_and_says_so() {
        connect(0, BrokerSession.NEW);
        bridge.onArrival(10, batch(N17, "n17", 7, 10, 1, 1));
        effects.open.clear();
        bridge.onDisconnected(20);
        effects.published.clear();
        connect(30, BrokerSession.NEW);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        assertEquals(1, counter(BridgeCounter.READINGS_DOUBTFUL));
    }

    @Test
    void a_broker_that_knows_nothing_is_doubted_and_its_pages_say_so() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 2));
        connect(10, BrokerSession.NEW);
        // The newer of the two was taken at the moment of the connection.
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        bridge.onDeadline(4_000);
        assertEquals(
                "0000000000000017 before=1795314600120 3:1-2",
                effects.on("/published").get(0).payload());
    }

    /** Who wrote the pages may have died before the last one, and nobody was there to complete it: found by a swarm, seed 0xdbfb2. */
    @Test
    void pages_of_a_site_without_a_gateway_are_doubted() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 3));
        bridge.onConnected(10, BROKER, BrokerSession.NEW);
        hear(11, "n/n17/published", "0000000000000017 3:1", Map.of());
        ackAll(20);
        assertEquals(List.of("n17/3/2", "n17/3/3"), effects.ids());
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        assertFalse(
                effects.on("/data").get(1).properties().containsKey("dup"), "it was taken as the gateway connected");
    }

    @Test
    void pages_that_another_gateway_completes_are_not_doubted() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 3));
        bridge.onConnected(10, BROKER, BrokerSession.NEW);
        hear(11, "gw/gw2/status", "online", Map.of());
        hear(12, "n/n17/published", "0000000000000017 3:1", Map.of());
        ackAll(20);
        bridge.onDeadline(9_000);
        hear(9_020, "gw/gw1/claim", "0000000000000017 3:2-3", Map.of());
        bridge.onDeadline(11_000);
        assertEquals(List.of("n17/3/2", "n17/3/3"), effects.ids());
        assertEquals(0, counter(BridgeCounter.READINGS_DOUBTFUL));
    }

    /** What was not heard on the first connection is as unknown on the second. */
    @Test
    void a_doubt_outlives_a_connection_that_breaks_before_all_was_heard() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 2));
        bridge.onConnected(10, BROKER, BrokerSession.NEW);
        effects.open.clear();
        bridge.onDisconnected(20);
        connect(30, BrokerSession.KEPT);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    @Test
    void a_gateway_that_gives_up_hearing_doubts_too() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 2));
        bridge.onConnected(10, BROKER, BrokerSession.NEW);
        bridge.onDeadline(6_000);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    @Test
    void so_does_one_that_hears_nothing_at_its_start() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 2));
        bridge.onConnected(10, BROKER, BrokerSession.DEAF);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    @Test
    void and_once_it_may_hear_again() {
        connect(10, BrokerSession.DEAF);
        bridge.onDisconnected(20);
        bridge.onArrival(30, batch(N17, "n17", 7, 30, 1, 2));
        connect(40, BrokerSession.NEW);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    @Test
    void a_gateway_that_gives_up_hearing_what_was_kept_for_it_doubts_too() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 2));
        bridge.onConnected(10, BROKER, BrokerSession.KEPT);
        bridge.onDeadline(6_000);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    /** The gateway that wrote it was this one, before it began anew. */
    @Test
    void a_page_that_doubts_is_doubted_by_a_gateway_whose_session_was_kept() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 3));
        bridge.onConnected(10, BROKER, BrokerSession.KEPT);
        hear(11, "n/n17/published", "0000000000000017 before=" + (WALL_MS - 500) + " 3:7-9", Map.of());
        ackAll(20);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        assertEquals("possible", effects.on("/data").get(1).properties().get("dup"));
        assertFalse(effects.on("/data").get(2).properties().containsKey("dup"), "taken later");
        bridge.onDeadline(4_000);
        assertEquals(
                "0000000000000017 before=" + (WALL_MS - 500) + " 3:1-3,7-9",
                effects.on("/published").get(0).payload());
    }

    /** The node knows the time, the gateway does not. */
    @Test
    void times_of_a_node_say_nothing_beside_a_clock_that_is_not_set() {
        Bridge unset = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, wall(false), effects);
        double later = (WALL_MS + 3_600_000) / 1_000.0;
        unset.onArrival(0, arrival(N17, "n17", 1, 0, reading(1, "air", later, 20)));
        unset.onConnected(10, BROKER, BrokerSession.NEW);
        ackAll(unset, 20);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    @Test
    void a_clock_that_is_set_back_makes_no_reading_younger_than_the_doubt() {
        long[] wallMs = {WALL_MS + 7_200_000};
        boolean[] set = {false};
        Bridge unset = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, clock(wallMs, set), effects);
        unset.onArrival(0, batch(N17, "n17", 1, 0, 1, 2));
        unset.onConnected(10, BROKER, BrokerSession.NEW);
        wallMs[0] = WALL_MS + 2_000;
        set[0] = true;
        unset.onDeadline(2_010);
        ackAll(unset, 2_020);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
    }

    /** A Pi without a clock: what it took for now was days ago. */
    @Test
    void a_doubt_that_began_before_the_clock_was_set_is_of_that_moment() {
        long[] wallMs = {WALL_MS - 86_400_000};
        boolean[] set = {false};
        Bridge unset = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, clock(wallMs, set), effects);
        unset.onArrival(0, batch(N18, "n18", 1, 0, 1, 2));
        unset.onConnected(10, BROKER, BrokerSession.NEW);
        ackAll(unset, 20);
        assertEquals("possible", effects.on("n18/data").get(0).properties().get("dup"));
        assertFalse(effects.on("n18/data").get(1).properties().containsKey("dup"), "it came as it connected");
        unset.onDeadline(3_000);
        ackAll(unset, 3_000);
        assertEquals(
                "0000000000000018 before=999999999999999 3:1-2",
                effects.on("n18/published").get(0).payload());

        wallMs[0] = WALL_MS + 60_000;
        set[0] = true;
        unset.onDeadline(60_010);
        unset.onArrival(60_020, batch(N17, "n17", 7, 60_020, 1, 64));
        ackAll(unset, 60_020);
        // Number 4 was taken 60 s before number 64, as it connected.
        List<Publication> readings = effects.on("n17/data");
        assertEquals("possible", readings.get(2).properties().get("dup"));
        assertFalse(readings.get(4).properties().containsKey("dup"));
        unset.onDeadline(80_000);
        List<Publication> pages = effects.on("n18/published");
        assertEquals(
                "0000000000000018 before=" + WALL_MS + " 3:1-2",
                pages.get(pages.size() - 1).payload());
    }

    /** Whose clock was not set when it wrote it. */
    @Test
    void a_page_that_doubts_what_was_before_some_time_was_written_before_now() {
        bridge.onArrival(0, batch(N17, "n17", 7, 0, 1, 3));
        bridge.onConnected(10, BROKER, BrokerSession.NEW);
        hear(11, "gw/gw2/status", "online", Map.of());
        hear(12, "n/n17/published", "0000000000000017 before=999999999999999 3:1", Map.of());
        ackAll(20);
        bridge.onDeadline(9_000);
        hear(9_020, "gw/gw1/claim", "0000000000000017 3:2-3", Map.of());
        bridge.onDeadline(11_000);
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        assertFalse(effects.on("/data").get(1).properties().containsKey("dup"), "it was taken as it connected");
    }

    /** The only gateway that hears of more nodes than it remembers: whether another one had published the reading it cannot tell any more. */
    @Test
    void a_reading_of_a_node_that_was_forgotten_is_published_with_a_mark() {
        connect(0, BrokerSession.KEPT);
        hear(1, "gw/gw2/status", "online", Map.of());
        hearReading(2, 1, "gw2");
        for (int i = 0; i < SiteNodes.MAX; i++) {
            hearReadingOf(3, "n" + (1_000 + i) + "/1/1");
        }
        bridge.onArrival(30_000, batch(N17, "n17", 7, 30_000, 1, 1));
        bridge.onArrival(30_000, batch(N18, "n18", 8, 30_000, 1, 1));
        ackAll(30_001);
        hear(30_002, "gw/gw1/claim", "0000000000000017 3:1", Map.of());
        ackAll(30_003);
        hear(30_004, "gw/gw1/claim", "0000000000000018 3:1", Map.of()); // the next one leaves when the last came back
        bridge.onDeadline(32_000);
        ackAll(32_001);

        assertEquals(List.of("n17/3/1", "n18/3/1"), effects.ids());
        assertEquals("possible", effects.on("/data").get(0).properties().get("dup"));
        assertFalse(effects.on("/data").get(1).properties().containsKey("dup"), "it was never heard of");
        assertEquals(1, counter(BridgeCounter.READINGS_DOUBTFUL));
    }
}
