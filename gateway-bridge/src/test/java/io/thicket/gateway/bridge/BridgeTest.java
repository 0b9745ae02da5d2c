package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.WALL_MS;
import static io.thicket.gateway.Fixtures.arrival;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.outdated;
import static io.thicket.gateway.Fixtures.reading;
import static io.thicket.gateway.Fixtures.wall;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bridge in literal time. */
class BridgeTest {
    private static final BrokerLimits BROKER = new BrokerLimits(20, Long.MAX_VALUE);

    private final RecordingBridgeEffects effects = new RecordingBridgeEffects();
    private Bridge bridge = bridge(BridgeSettings.DEFAULT);

    private Bridge bridge(BridgeSettings settings) {
        return new Bridge(0, settings, TOPICS, GATEWAY, 1, wall(), effects);
    }

    /** Answers everything that is open, and what that leads to. */
    private void ackAll(long nowMs, int reason) {
        while (!effects.open.isEmpty()) {
            ackOnce(nowMs, reason);
        }
    }

    private void ackOnce(long nowMs, int reason) {
        for (long token : List.copyOf(effects.open.keySet())) {
            int qos = effects.open.remove(token).qos();
            bridge.onAcknowledged(nowMs, token, qos == 0 ? 0 : reason);
        }
    }

    private long counter(BridgeCounter counter) {
        return bridge.counters().getOrDefault(counter, -1L);
    }

    @Test
    void a_batch_is_settled_only_after_the_puback_of_its_last_reading() {
        bridge.onConnected(0, BROKER);
        ackAll(0, 0);

        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 3));
        List<Long> data = effects.open.entrySet().stream()
                .filter(e -> e.getValue().topic().endsWith("/data"))
                .map(Map.Entry::getKey)
                .toList();
        bridge.onAcknowledged(20, data.get(0), 0);
        bridge.onAcknowledged(20, data.get(2), 0);
        assertEquals(List.of(), effects.settled);
        bridge.onAcknowledged(30, data.get(1), 0);

        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
        assertEquals(List.of("n17/3/1", "n17/3/2", "n17/3/3"), effects.ids());
    }

    @Test
    void without_a_broker_readings_are_held_and_published_later() {
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));
        assertEquals(List.of(), effects.published);
        assertFalse(bridge.state(10).uplink());
        assertEquals(2, bridge.state(10).backlog());

        bridge.onConnected(5000, BROKER);
        ackAll(5001, 0);

        assertEquals(List.of("n17/3/1", "n17/3/2"), effects.ids());
        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
        assertTrue(bridge.state(5001).uplink());
        assertEquals(0, bridge.state(5001).backlog());
    }

    @Test
    void a_published_batch_that_comes_again_is_a_duplicate_at_once() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 3));
        ackAll(20, 0);

        bridge.onArrival(30, batch(N17, "n17", 2, 30, 2, 3));

        assertEquals(List.of("1 BROKER_ACKED", "2 DUPLICATE"), effects.settled);
        assertEquals(3, effects.ids().size());
        assertEquals(2, counter(BridgeCounter.READINGS_DUPLICATE));
    }

    @Test
    void a_known_number_of_an_outdated_origin_is_neither_published_nor_settled_and_a_new_one_is() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 3));
        ackAll(20, 0);

        bridge.onArrival(30, outdated(batch(N17, "n17", 2, 30, 3, 4)));
        bridge.onArrival(31, outdated(batch(N17, "n17", 3, 31, 5, 6)));
        ackAll(40, 0);

        assertEquals(List.of("n17/3/1", "n17/3/2", "n17/3/3", "n17/3/5", "n17/3/6"), effects.ids());
        assertEquals(List.of("1 BROKER_ACKED", "3 BROKER_ACKED"), effects.settled);
        assertEquals(1, counter(BridgeCounter.BATCHES_OUTDATED));
    }

    @Test
    void readings_in_flight_that_come_again_settle_both_messages_with_one_publication() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));
        bridge.onArrival(11, batch(N17, "n17", 2, 11, 2, 3));
        bridge.onArrival(12, batch(N17, "n17", 2, 12, 2, 3));

        ackAll(20, 0);

        assertEquals(List.of("n17/3/1", "n17/3/2", "n17/3/3"), effects.ids());
        assertEquals(List.of("1 BROKER_ACKED", "2 BROKER_ACKED"), effects.settled);
    }

    @Test
    void the_same_seq_of_another_boot_or_node_is_another_reading() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        bridge.onArrival(10, batch(N18, "n18", 1, 10, 1, 1));
        ackAll(20, 0);

        assertEquals(List.of("n17/3/1", "n18/3/1"), effects.ids());
    }

    @Test
    void a_lost_connection_repeats_what_was_in_flight_and_nothing_else() {
        bridge.onConnected(0, BROKER);
        ackAll(0, 0);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        ackAll(15, 0);
        bridge.onArrival(20, batch(N17, "n17", 2, 20, 2, 3));
        Map<Long, Publication> old = new TreeMap<>(effects.open);
        effects.open.clear();

        bridge.onDisconnected(30);
        assertFalse(bridge.state(30).uplink());
        bridge.onConnected(1000, BROKER);
        old.keySet().forEach(token -> bridge.onAcknowledged(1001, token, 0));
        assertEquals(List.of("1 BROKER_ACKED"), effects.settled, "an answer of an older connection counts for nothing");
        ackAll(1002, 0);

        assertEquals(List.of("n17/3/1", "n17/3/2", "n17/3/3", "n17/3/2", "n17/3/3"), effects.ids());
        assertEquals(List.of("1 BROKER_ACKED", "2 BROKER_ACKED"), effects.settled);
        assertEquals(2, counter(BridgeCounter.REPEATS));
    }

    @Test
    void never_more_in_flight_than_window_and_receive_maximum_allow() {
        bridge.onConnected(0, new BrokerLimits(7, Long.MAX_VALUE));
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 60));
        assertEquals(7, effects.open.size());

        int most = 0;
        while (!effects.open.isEmpty()) {
            long token = effects.open.keySet().iterator().next();
            effects.open.remove(token);
            bridge.onAcknowledged(20, token, 0);
            most = Math.max(most, effects.open.size());
        }

        assertEquals(7, most);
        assertEquals(60, effects.ids().size());
        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
    }

    @Test
    void a_refused_puback_keeps_the_reading_and_backs_off() {
        bridge.onConnected(0, BROKER);
        ackAll(0, 0);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));

        ackAll(20, 0x87);
        assertEquals(List.of(), effects.settled);
        assertEquals(2, effects.ids().size());
        assertTrue(bridge.problem(20).contains("not authorised"), bridge.problem(20));
        bridge.onDeadline(900);
        assertEquals(2, effects.ids().size(), "not before the back-off");
        bridge.onDeadline(1100);
        ackAll(1110, 0);

        assertEquals(List.of("n17/3/1", "n17/3/2", "n17/3/1", "n17/3/2"), effects.ids());
        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
        assertEquals(1, effects.warnings.size());
    }

    @Test
    void a_node_that_is_refused_does_not_hold_up_the_others() {
        bridge.onConnected(0, BROKER);
        ackAll(0, 0);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));
        ackAll(20, 0x97);

        bridge.onArrival(30, batch(N18, "n18", 5, 30, 1, 2));
        ackAll(40, 0);

        assertEquals(List.of("5 BROKER_ACKED"), effects.settled);
    }

    @Test
    void no_matching_subscribers_counts_as_delivered() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));
        ackAll(20, 0x10);

        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
        assertTrue(counter(BridgeCounter.NO_SUBSCRIBERS) >= 2);
    }

    @Test
    void no_matching_subscribers_can_hold_readings_until_somebody_listens() {
        bridge = bridge(new BridgeSettings(NoSubscribers.HOLD, 20, 100));
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 2));
        ackAll(20, 0x10);
        assertEquals(List.of(), effects.settled);

        bridge.onDeadline(1_100);
        ackAll(1_110, 0);

        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
    }

    @Test
    void a_reading_too_large_for_the_broker_is_refused_and_counted() {
        bridge.onConnected(0, new BrokerLimits(20, 200));
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        ackAll(20, 0);

        assertEquals(List.of("1 REFUSED"), effects.settled);
        assertEquals(List.of(), effects.ids());
        assertEquals(1, counter(BridgeCounter.READINGS_DEAD_LETTERED));
        assertTrue(effects.warnings.get(0).contains("id=n17/3/1"), effects.warnings.get(0));
    }

    @Test
    void a_full_bridge_does_not_accept_and_says_so() {
        bridge = bridge(new BridgeSettings(NoSubscribers.DELIVERED, 20, 10));
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 8));
        assertTrue(bridge.state(10).accepting());
        bridge.onArrival(11, batch(N17, "n17", 2, 11, 9, 12));
        assertFalse(bridge.state(11).accepting());
        assertEquals(80, bridge.state(11).loadPercent());

        bridge.onConnected(20, BROKER);
        ackAll(30, 0);

        assertTrue(bridge.state(30).accepting());
        assertEquals(List.of("1 BROKER_ACKED"), effects.settled);
        bridge.onArrival(40, batch(N17, "n17", 2, 40, 9, 12));
        ackAll(50, 0);
        assertEquals(List.of("1 BROKER_ACKED", "2 BROKER_ACKED"), effects.settled);
        assertEquals(1, counter(BridgeCounter.BATCHES_NOT_ACCEPTED));
    }

    @Test
    void without_pubacks_the_uplink_is_withdrawn_and_the_connection_made_anew() {
        bridge.onConnected(0, BROKER);
        ackAll(0, 0);
        bridge.onArrival(60_000, batch(N17, "n17", 1, 60_000, 1, 1));
        bridge.onDeadline(69_000);
        assertTrue(bridge.state(69_000).uplink());
        bridge.onDeadline(70_500);
        assertFalse(bridge.state(70_500).uplink());
        assertEquals(List.of(), effects.reconnects);

        bridge.onDeadline(80_500);

        assertEquals(1, effects.reconnects.size());
        assertEquals(1, counter(BridgeCounter.STALLS));
    }

    @Test
    void state_shows_the_newest_values_and_ignores_older_readings() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(7, "air", 0, 21.5)));
        ackAll(20, 0);
        bridge.onArrival(30, arrival(N17, "n17", 2, 30, reading(6, "air", -10, 3.0)));
        ackAll(40, 0);

        List<Publication> states = effects.on("/state");
        assertEquals(1, states.size());
        assertEquals(
                "{\"temperature\":21.5,\"humidity\":44.7,\"hops\":2,\"ts\":\"2026-11-22T02:30:00.120Z\",\"seq\":7}",
                states.get(0).payload());
        assertTrue(states.get(0).retained());
        assertEquals("late", effects.on("/data").get(1).properties().get("q"));
    }

    @Test
    void state_expires_after_three_intervals() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(1, "air", -60, 1)));
        ackAll(10, 0);
        bridge.onArrival(20, arrival(N17, "n17", 2, 20, reading(2, "air", 0, 2)));
        ackAll(20, 0);

        List<Publication> states = effects.on("/state");
        assertEquals(900, states.get(0).expirySeconds());
        assertEquals(180, states.get(1).expirySeconds());
    }

    @Test
    void several_sensors_prefix_their_quantities() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(1, "air", 0, 1), reading(2, "soil", 0, 2)));
        ackAll(20, 0);

        List<Publication> states = effects.on("/state");
        String last = states.get(states.size() - 1).payload();
        assertTrue(last.startsWith("{\"air_temperature\":1,\"air_humidity\":44.7,\"soil_temperature\":2,"), last);
    }

    @Test
    void a_node_that_falls_silent_goes_offline_and_comes_back() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 3));
        ackAll(20, 0);
        bridge.onDeadline(31_000);
        ackAll(31_000, 0);
        bridge.onArrival(40_000, batch(N17, "n17", 2, 40_000, 4, 4));
        ackAll(40_000, 0);

        assertEquals(
                List.of("online", "offline", "online"),
                effects.on("n17/status").stream().map(Publication::payload).toList());
    }

    @Test
    void a_node_that_lost_a_sensor_is_told_of_again() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(1, "air", 0, 1), reading(2, "soil", 0, 2)));
        ackAll(20, 0);
        long laterMs = 2 * 3_600_000;
        bridge.onArrival(laterMs, arrival(N17, "n17", 2, laterMs, reading(3, "air", 0, 5)));
        ackAll(laterMs, 0);
        effects.published.clear();
        bridge.onDeadline(laterMs + 1_000); // the other one is forgotten
        ackAll(laterMs + 1_000, 0);
        assertEquals(1, effects.on("n17/info").size());
        effects.published.clear();

        bridge.onArrival(laterMs + 2_000, arrival(N17, "n17", 3, laterMs + 2_000, reading(4, "air", 0, 6)));
        ackAll(laterMs + 2_000, 0);

        assertEquals(1, effects.on("n17/state").size());
    }

    @Test
    void a_new_connection_says_everything_retained_again() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        ackAll(20, 0);
        effects.published.clear();

        bridge.onDisconnected(30);
        bridge.onConnected(40, BROKER);
        ackAll(50, 0);

        assertEquals(
                List.of("gw/gw1/status", "gw/gw1/info", "n/n17/status", "n/n17/info", "n/n17/state"),
                effects.published.stream()
                        .map(p -> p.topic().replace("thicket/v1/site1/", ""))
                        .toList());
    }

    /** Its page, which a gateway that hears nothing does not write, goes later: {@link FormerNamesTest}. */
    @Test
    void a_renamed_node_leaves_nothing_behind() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        ackAll(20, 0);
        effects.published.clear();

        bridge.onNodeKnown(30, new Identity(N17, "n17", Set.of(Identity.Role.SENSOR), 3), "n17-0000");
        ackAll(40, 0);

        List<String> cleared = effects.published.stream()
                .filter(p -> p.payload().isEmpty() && p.retained())
                .map(Publication::topic)
                .toList();
        assertEquals(
                List.of("thicket/v1/site1/n/n17/status", "thicket/v1/site1/n/n17/info", "thicket/v1/site1/n/n17/state"),
                cleared);
        assertEquals(1, effects.on("n17-0000/state").size());
    }

    @Test
    void absolute_times_stay_and_relative_ones_are_resolved_at_arrival() {
        bridge.onConnected(0, BROKER);
        bridge.onArrival(500, arrival(N17, "n17", 1, 100, reading(1, "air", WALL_MS / 1000.0 - 90, 1)));
        bridge.onArrival(500, arrival(N18, "n18", 1, 100, reading(1, "air", -2.5, 1)));

        Publication absolute = effects.on("n17/data").get(0);
        Publication relative = effects.on("n18/data").get(0);
        assertTrue(absolute.payload().contains("\"bt\":1795314510.12,"), absolute.payload());
        assertEquals("ntp", absolute.properties().get("clk"));
        assertEquals("late", absolute.properties().get("q"));
        assertTrue(relative.payload().contains("\"bt\":1795314597.22,"), relative.payload());
        assertEquals("mesh", relative.properties().get("clk"));
        assertEquals("live", relative.properties().get("q"));
    }

    @Test
    void nodes_are_bounded() {
        for (int i = 0; i < Bridge.MAX_NODES + 10; i++) {
            bridge.onNodeKnown(i, new Identity(new NodeId(1000 + i), "x" + i, Set.of(), 1), "x" + i);
        }
        assertEquals(10, counter(BridgeCounter.NODES_FORGOTTEN));
    }

    @Test
    void topics_and_payloads_are_as_documented() throws IOException {
        bridge.onNodeKnown(0, new Identity(N17, "n17", Set.of(Identity.Role.RELAY, Identity.Role.SENSOR), 3), "n17");
        bridge.onConnected(0, new BrokerLimits(20, 1_048_576));
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(4711, "air", WALL_MS / 1000.0, 21.5)));
        ackAll(20, 0);
        bridge.onDeadline(30_000);
        ackAll(30_000, 0);
        effects.published.add(bridge.lastWill());
        StringBuilder text = new StringBuilder();
        for (Publication p : effects.published) {
            text.append(p.topic()).append(" qos=").append(p.qos()).append(p.retained() ? " retained" : "");
            text.append(p.expirySeconds() > 0 ? " expiry=" + p.expirySeconds() : "");
            text.append(' ').append(p.contentType()).append('\n');
            if (!p.properties().isEmpty()) {
                text.append("  ").append(p.properties()).append('\n');
            }
            text.append("  ").append(p.payload()).append('\n');
        }

        Path golden = Path.of("src/test/resources/golden/publications.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertEquals(Files.readString(golden), text.toString());
    }

    @Test
    void readings_and_retained_topics_take_turns() {
        bridge.onConnected(0, new BrokerLimits(1, 1_048_576));
        bridge.onNodeKnown(0, new Identity(N17, "n17", Set.of(Identity.Role.SENSOR), 3), "n17");
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 3));
        ackAll(20, 0);

        // After the gateway's own:
        assertEquals(
                List.of("status", "info", "data", "status", "data", "info", "data", "state"),
                effects.published.stream()
                        .map(publication -> publication
                                .topic()
                                .substring(publication.topic().lastIndexOf('/') + 1))
                        .toList());
    }

    @Test
    void a_reading_that_was_given_up_stays_refused_when_it_comes_again() {
        bridge.onConnected(0, new BrokerLimits(20, 200));
        bridge.onArrival(10, batch(N17, "n17", 1, 10, 1, 1));
        assertEquals(List.of("1 REFUSED"), effects.settled);

        bridge.onArrival(20, batch(N17, "n17", 2, 20, 1, 1));

        assertEquals(List.of("1 REFUSED", "2 REFUSED"), effects.settled, "not DUPLICATE: no subscriber has it");
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void of_a_refused_batch_each_reading_alone_gets_its_own_answer() {
        Reading large = new Reading(
                2,
                "log",
                new SenmlPack(
                        "", -1, List.of(new SenmlRecord("line", null, new SenmlValue.Text("x".repeat(900)), null))));
        bridge.onConnected(0, new BrokerLimits(20, 800));
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(1, "air", -1, 20), large));
        ackAll(20, 0);
        assertEquals(List.of("1 REFUSED"), effects.settled);

        bridge.onArrival(30, arrival(N17, "n17", 2, 30, reading(1, "air", -1, 20)));
        bridge.onArrival(30, arrival(N17, "n17", 3, 30, large));

        assertEquals(List.of("1 REFUSED", "2 DUPLICATE", "3 REFUSED"), effects.settled);
        assertEquals(List.of("n17/3/1"), effects.ids());
    }

    @Test
    void messages_of_a_long_outage_do_not_pile_up() {
        for (int number = 1; number <= 1000; number++) {
            bridge.onArrival(10, batch(N17, "n17", number, 10, 1, 2));
        }
        assertTrue(bridge.waitingMessages() <= 8, bridge.waitingMessages() + " messages wait for two readings");

        bridge.onConnected(20, BROKER);
        ackAll(30, 0);
        assertTrue(effects.settled.contains("1000 BROKER_ACKED"), effects.settled.toString());
        assertEquals(0, bridge.waitingMessages());
    }

    @Test
    void a_clock_that_was_ahead_until_it_was_set_does_not_freeze_the_state() {
        long[] wallMs = {WALL_MS + 1_000_000_000_000L};
        boolean[] right = {false};
        WallClock clock = new WallClock() {
            @Override
            public long nowMs() {
                return wallMs[0];
            }

            @Override
            public boolean isSynchronised() {
                return right[0];
            }
        };
        bridge = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, clock, effects);
        bridge.onConnected(0, BROKER);
        bridge.onArrival(10, arrival(N17, "n17", 1, 10, reading(1, "air", -1, 20)));
        ackAll(20, 0);
        wallMs[0] = WALL_MS;
        right[0] = true;

        bridge.onArrival(30, arrival(N17, "n17", 2, 30, reading(2, "air", -1, 25)));
        ackAll(40, 0);

        List<Publication> states = effects.on("/state");
        assertTrue(states.get(states.size() - 1).payload().contains("\"temperature\":25"), states.toString());
    }
}
