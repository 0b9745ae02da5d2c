package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.gateway.bridge.Publication;
import io.thicket.sim.scenario.BrokerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelBrokerTest {
    private final List<String> published = new ArrayList<>();
    private final ModelBroker broker = new ModelBroker(BrokerPlan.USUAL, message -> published.add(message.payload()));

    /** Writes down what is on its way to it. */
    private static final class Ear extends ModelBroker.Client {
        final List<Publication> sent = new ArrayList<>();

        @Override
        public void send(Publication message) {
            sent.add(message);
        }

        @Override
        public void arrived(Publication message) {
            sent.add(message);
        }

        List<String> payloads() {
            return sent.stream().map(Publication::payload).toList();
        }
    }

    private static Publication message(String topic, String payload, boolean retained) {
        return new Publication(topic, payload, 1, retained, 0, "", Map.of());
    }

    private Ear connected(long nowMs, String name, String... filters) {
        Ear ear = new Ear();
        broker.connect(nowMs, name, 300_000, ear);
        broker.subscribe(name, List.of(filters));
        return ear;
    }

    private void take(long nowMs, Publication message) {
        broker.arrive(broker.take(nowMs, message), message);
    }

    @Test
    void all_who_want_a_topic_hear_of_it_at_once_in_the_order_of_their_coming() {
        Ear first = connected(0, "gw1", "t/n/+/data");
        Ear second = connected(0, "gw2", "t/n/+/data", "t/gw/gw2/sync");
        Ear third = connected(0, "gw3", "t/gw/gw3/sync");

        assertEquals(List.of(first, second), broker.take(1, message("t/n/barn/data", "a", false)));
        assertEquals(List.of(second), broker.take(1, message("t/gw/gw2/sync", "b", false)));
        assertEquals(List.of(third), broker.take(1, message("t/gw/gw3/sync", "c", false)));
        assertEquals(List.of(), broker.take(1, message("t/n/barn/x/data", "d", false)), "a plus is one level");
        assertEquals(List.of("a", "b", "c", "d"), published);
    }

    @Test
    void the_one_level_may_be_the_last() {
        Ear ear = connected(0, "gw1", "t/n/+");

        assertEquals(List.of(ear), broker.take(1, message("t/n/barn", "a", false)));
        assertEquals(List.of(), broker.take(1, message("t/n/barn/data", "b", false)));
        assertEquals(List.of(), broker.take(1, message("t/m/barn", "c", false)));
    }

    @Test
    void what_is_retained_waits_for_subscribers_until_an_empty_one_takes_it_back() {
        take(0, message("t/gw/gw1/status", "online", true));
        take(0, message("t/gw/gw2/status", "online", true));
        take(0, message("t/gw/gw1/status", "", true));

        assertEquals(List.of("online"), connected(1, "gw3", "t/gw/+/status").payloads());
    }

    @Test
    void not_more_than_some_are_on_their_way_and_each_acknowledgement_lets_one_more_go() {
        Ear ear = connected(0, "gw1", "t/+/data");
        IntStream.range(0, 25).forEach(i -> take(1, message("t/x/data", "m" + i, false)));
        assertEquals(BrokerPlan.USUAL.inFlight(), ear.sent.size());

        broker.acknowledged(ear, ear.sent.get(3));
        broker.acknowledged(ear, ear.sent.get(0));
        assertEquals(List.of("m20", "m21"), ear.payloads().subList(20, 22));
        take(2, message("t/x/data", "late", false));
        assertFalse(ear.payloads().contains("late"), "it overtook what waits");
    }

    @Test
    void what_was_not_acknowledged_comes_again_with_the_next_connection() {
        Ear ear = connected(0, "gw1", "t/+/data");
        take(1, message("t/x/data", "a", false));
        take(1, message("t/x/data", "b", false));
        broker.acknowledged(ear, ear.sent.get(0));
        broker.disconnect(2, ear);
        take(3, message("t/x/data", "c", false));

        Ear again = new Ear();
        assertTrue(broker.connect(4, "gw1", 300_000, again));
        assertEquals(List.of("b", "c"), again.payloads());
        broker.acknowledged(ear, ear.sent.get(1));
        broker.disconnect(5, again);
        Ear third = new Ear();
        broker.connect(5, "gw1", 300_000, third);
        assertEquals(
                List.of("b", "c"), third.payloads(), "an acknowledgement of an older connection counts for nothing");
    }

    @Test
    void a_session_ends_some_time_after_its_client_left() {
        Ear ear = connected(0, "gw1", "t/+/data");
        broker.disconnect(1_000, ear);
        take(301_001, message("t/x/data", "a", false));

        Ear again = new Ear();
        assertFalse(broker.connect(301_001, "gw1", 300_000, again));
        assertEquals(List.of(), again.payloads());
    }

    @Test
    void no_more_than_a_bounded_number_waits_for_who_is_away() {
        Ear ear = connected(0, "gw1", "t/+/data");
        broker.disconnect(0, ear);
        IntStream.range(0, BrokerPlan.USUAL.queued() + 5).forEach(i -> take(1, message("t/x/data", "m" + i, false)));

        Ear again = new Ear();
        broker.connect(2, "gw1", 300_000, again);
        for (int i = 0; i < again.sent.size(); i++) {
            broker.acknowledged(again, again.sent.get(i));
        }
        assertEquals(BrokerPlan.USUAL.queued(), again.sent.size());
        assertEquals("m999", again.sent.get(999).payload());
    }

    @Test
    void how_much_it_sends_and_keeps_is_the_scenarios() {
        ModelBroker small = new ModelBroker(new BrokerPlan(5, 2, 3), message -> {});
        Ear ear = new Ear();
        small.connect(0, "gw1", 300_000, ear);
        small.subscribe("gw1", List.of("t/+/data"));
        for (String each : List.of("a", "b", "c", "d")) {
            Publication message = message("t/x/data", each, false);
            small.take(1, message).forEach(client -> client.arrived(message));
        }
        assertEquals(List.of("a", "b"), ear.payloads());

        small.acknowledged(ear, ear.sent.get(0));
        small.acknowledged(ear, ear.sent.get(1));
        assertEquals(List.of("a", "b", "c"), ear.payloads(), "the fourth was one too many");
        assertEquals(5, small.delayMs());
    }

    @Test
    void what_is_retained_under_a_topic_of_ones_own_comes_with_the_subscription_and_so_do_later_messages() {
        take(0, message("t/gw1/sync", "a", true));
        take(0, message("t/gw2/sync", "b", true));
        Ear ear = connected(1, "gw1", "t/+/data", "t/gw1/sync");
        take(2, message("t/gw1/sync", "c", false));
        take(2, message("t/gw2/sync", "d", false));
        assertEquals(List.of("a", "c"), ear.payloads());

        broker.subscribe("gw1", List.of("t/+/data"));
        take(3, message("t/gw1/sync", "e", false));
        assertEquals(List.of("a", "c"), ear.payloads(), "it gave that up");
    }

    @Test
    void what_the_broker_lost_is_not_sent_to_who_was_connected_before() {
        ModelBroker small = new ModelBroker(new BrokerPlan(5, 1, 3), message -> {});
        Ear ear = new Ear();
        small.connect(0, "gw1", 300_000, ear);
        small.subscribe("gw1", List.of("t/+/data"));
        for (String payload : List.of("a", "b")) {
            small.arrive(small.take(1, message("t/x/data", payload, false)), message("t/x/data", payload, false));
        }
        small.lose();
        small.acknowledged(ear, ear.sent.get(0));
        assertEquals(List.of("a"), ear.payloads());
    }
}
