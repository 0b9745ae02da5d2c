package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.arrival;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.wall;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bridge that looks at {@link Work} first does what one does that looks through all its parts after each message. */
class WorkTest {
    private static final String ROOT = "thicket/v1/site1/";
    private static final int STEPS = 2_500;

    /** One that looks first, and one that is told before each message that everything may be to do. */
    private final Side quick = new Side(false);

    private final Side thorough = new Side(true);

    private SplittableRandom draws = new SplittableRandom();
    private long nowMs;
    private long token;
    private long number;
    private final long[] nextSeq = {0, 1, 1, 1, 1};
    private boolean connected;
    private long silentUntilMs;

    /** No reading arrives, so that none is held. */
    private boolean quiet;

    private static final class Side {
        final boolean isTold;
        final RecordingBridgeEffects effects = new RecordingBridgeEffects();
        final Bridge bridge =
                new Bridge(0, new BridgeSettings(NoSubscribers.DELIVERED, 6, 40), TOPICS, GATEWAY, 1, wall(), effects);

        Side(boolean isTold) {
            this.isTold = isTold;
        }

        void hear(long nowMs, long token, String topic, String payload, Map<String, String> properties) {
            if (isTold) {
                bridge.work.mark();
                bridge.work.setEchoes(true);
                bridge.work.setForeignClaims(true);
            }
            bridge.onHeard(nowMs, token, ROOT + topic, payload, properties);
        }

        /** All that it did so far. */
        String done() {
            return effects.published + "\n" + effects.settled + "\n" + effects.heard + "\n" + effects.warnings + "\n"
                    + effects.stateChanges + " " + effects.reconnects + " " + effects.subscribedAgain;
        }

        void clear() {
            effects.published.clear();
            effects.settled.clear();
            effects.heard.clear();
            effects.warnings.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_does_what_one_does_that_looks_through_all(long seed) {
        draws = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            nowMs += draws.nextInt(8) == 0 ? draws.nextInt(1_500) : draws.nextInt(30);
            both(side -> side.bridge.onDeadline(nowMs));
            next();
            assertEquals(thorough.done(), quick.done(), "step " + step);
            assertEquals(thorough.bridge.nextDeadlineMs(), quick.bridge.nextDeadlineMs());
            assertEquals(thorough.bridge.counters(), quick.bridge.counters());
            both(Side::clear);
        }
        both(side -> side.bridge.close());
        hear("n/n1/data", "[]", reading(1, nextSeq[1]++, "gw2"));
        assertEquals(thorough.done(), quick.done());
    }

    @Test
    void the_mesh_is_told_with_the_next_message_that_it_closes() {
        quick.bridge.onConnected(0, new BrokerLimits(20, Long.MAX_VALUE), BrokerSession.NEW);
        answerAll(quick.bridge, 0);
        int before = quick.effects.stateChanges;
        quick.bridge.close();
        quick.hear(10, 1_000, "n/n1/data", "[]", reading(1, 1, "gw2"));
        assertEquals(before + 1, quick.effects.stateChanges);
    }

    @Test
    void a_marker_that_comes_back_is_followed_by_the_next_at_once() {
        quick.bridge.onConnected(0, new BrokerLimits(20, Long.MAX_VALUE), BrokerSession.NEW);
        List<Publication> sent = List.copyOf(quick.effects.published);
        List.copyOf(quick.effects.open.keySet()).forEach(open -> quick.bridge.onAcknowledged(5, open, 0));
        quick.effects.published.clear();

        Publication marker = sent.stream()
                .filter(publication -> publication.topic().endsWith("/sync"))
                .findFirst()
                .orElseThrow();
        quick.hear(10, 1, "gw/gw1/sync", marker.payload(), Map.of());

        assertEquals(
                List.of(ROOT + "gw/gw1/sync"),
                quick.effects.published.stream().map(Publication::topic).toList());
    }

    @Test
    void offline_is_taken_back_at_once_when_another_gateway_brings_a_reading() {
        quick.bridge.onConnected(0, new BrokerLimits(20, Long.MAX_VALUE), BrokerSession.NEW);
        answerAll(quick.bridge, 0);
        for (int seq = 1; seq < 4; seq++) {
            quick.bridge.onArrival(seq * 60_000L, batch(new NodeId(1), "n1", seq, seq * 60_000L, seq, seq));
            answerAll(quick.bridge, seq * 60_000L);
        }
        for (long atMs = 181_000; atMs < 1_500_000; atMs += 1_000) {
            quick.bridge.onDeadline(atMs);
            answerAll(quick.bridge, atMs);
        }
        quick.effects.published.clear();

        quick.hear(1_500_000, 1_000_000, "n/n1/data", "[]", reading(1, 9, "gw2"));

        assertEquals(
                List.of(ROOT + "n/n1/status online"),
                quick.effects.published.stream()
                        .map(publication -> publication.topic() + " " + publication.payload())
                        .toList());
    }

    /** {@code Aa} and {@code BB} have one hash. */
    @Test
    void what_a_gateway_published_whose_name_has_the_same_hash_is_not_its_own() {
        Bridge ofAa = new Bridge(
                0,
                BridgeSettings.DEFAULT,
                TOPICS,
                new GatewayIdentity("Aa", GATEWAY.id(), "1"),
                1,
                wall(),
                quick.effects);
        ofAa.onConnected(0, new BrokerLimits(20, Long.MAX_VALUE), BrokerSession.NEW);
        ofAa.onHeard(10, 1, ROOT + "gw/BB/status", "online", Map.of());
        ofAa.onHeard(20, 2, ROOT + "n/n1/data", "[]", reading(1, 1, "BB"));
        for (long atMs = 1_000; atMs < 4_000; atMs += 1_000) {
            ofAa.onDeadline(atMs);
        }
        assertEquals(List.of(), quick.effects.on("/published"), "its own it would have written by now");
    }

    /** Found by a review: the reading that waited for echoes was given up then, and nobody told the mesh that there is room again. */
    @Test
    void the_mesh_is_told_at_once_if_a_reading_is_given_up_when_its_node_becomes_known_anew() {
        RecordingBridgeEffects effects = quick.effects;
        Bridge one =
                new Bridge(0, new BridgeSettings(NoSubscribers.DELIVERED, 20, 1), TOPICS, GATEWAY, 1, wall(), effects);
        one.onConnected(0, new BrokerLimits(20, 400), BrokerSession.NEW);
        answerAll(one, 0);
        for (int other = 0; other < Claims.MAX_GATEWAYS; other++) { // so many that each may have one reading on its way
            one.onHeard(0, 100 + other, ROOT + "gw/other" + other + "/status", "online", Map.of());
        }
        NodeId id = new NodeId(1);
        one.onNodeKnown(0, new Identity(id, "n1", Set.of(Identity.Role.SENSOR), 3), "n1");
        one.onHeard(0, 400, ROOT + "gw/gw1/claim", id.toString(), Map.of());
        for (long atMs = 1_000; atMs <= 2_000; atMs += 1_000) {
            one.onDeadline(atMs);
            answerAll(one, atMs);
        }
        one.onArrival(2_050, batch(id, "n1", 1, 2_050, 1, 1)); // its echo never comes
        answerAll(one, 2_050);
        Reading large = new Reading(
                2,
                "log",
                new SenmlPack(
                        "", -1, List.of(new SenmlRecord("x".repeat(400), null, new SenmlValue.Numeric(1), null))));
        one.onArrival(2_100, arrival(id, "n1", 2, 2_100, large));
        for (long atMs = 3_000; atMs <= 4_000; atMs += 1_000) {
            one.onDeadline(atMs);
            answerAll(one, atMs);
        }
        int before = effects.stateChanges;

        one.onNodeKnown(4_060, new Identity(id, "n1", Set.of(Identity.Role.SENSOR), 4), "n1");

        assertEquals(List.of("1 BROKER_ACKED", "2 REFUSED"), effects.settled);
        assertEquals(before + 1, effects.stateChanges);
    }

    /** The broker answers all, and brings back markers only. */
    private void answerAll(Bridge of, long atMs) {
        while (!quick.effects.open.isEmpty()) {
            long answered = quick.effects.open.keySet().iterator().next();
            Publication publication = quick.effects.open.remove(answered);
            of.onAcknowledged(atMs, answered, 0);
            if (publication.topic().endsWith("/sync")) {
                of.onHeard(atMs, ++token, publication.topic(), publication.payload(), Map.of());
            }
        }
    }

    private void next() {
        int node = 1 + draws.nextInt(4);
        switch (draws.nextInt(20)) {
            case 0 -> connectOrLose();
            case 1, 2, 3, 4 -> arrives(node);
            case 5, 6 -> hear("n/n" + node + "/data", "[]", reading(node, nextSeq[node]++, "gw2"));
            case 7 -> hear("n/n" + node + "/data", "[]", reading(node, Math.max(1, nextSeq[node] - 1), "gw3"));
            case 8 -> hear("n/n" + node + "/published", "%016x 3:1-%d".formatted(node, nextSeq[node]), Map.of());
            case 9 -> hear("gw/gw2/claim", "%016x 3:%d".formatted(node, nextSeq[node]), Map.of());
            case 10 ->
                hear(
                        "gw/gw" + (2 + draws.nextInt(2)) + "/status",
                        draws.nextBoolean() ? "online" : "offline",
                        Map.of());
            case 11 -> hear("gw/gw2/claim", "%016x".formatted(node), Map.of());
            case 12 -> known(node);
            case 13 -> now(10, () -> silentUntilMs = nowMs + draws.nextLong(25_000));
            case 14 -> now(5, () -> quiet = !quiet);
            case 15 -> now(20, this::longPause);
            default -> answerSome();
        }
    }

    private void arrives(int node) {
        if (quiet) {
            return;
        }
        number++;
        long first = nextSeq[node];
        long last = first + draws.nextInt(3);
        nextSeq[node] = draws.nextInt(4) == 0 ? first : last + 1; // some come again
        both(side -> side.bridge.onArrival(nowMs, batch(new NodeId(node), "n" + node, number, nowMs, first, last)));
    }

    private void known(int node) {
        String label = draws.nextInt(4) == 0 ? "n" + node + "b" : "n" + node;
        both(side -> side.bridge.onNodeKnown(
                nowMs, new Identity(new NodeId(node), label, Set.of(Identity.Role.SENSOR), 3), label));
    }

    private void connectOrLose() {
        if (connected && draws.nextInt(3) > 0) {
            return;
        }
        connected = !connected;
        if (!connected) {
            both(side -> side.bridge.onDisconnected(nowMs));
            both(side -> side.effects.open.clear());
            return;
        }
        BrokerSession session = BrokerSession.values()[draws.nextInt(BrokerSession.values().length)];
        BrokerLimits limits = new BrokerLimits(1 + draws.nextInt(6), draws.nextInt(4) == 0 ? 400 : Long.MAX_VALUE);
        both(side -> side.bridge.onConnected(nowMs, limits, session));
    }

    /** One time of {@code in}. */
    private void now(int in, Runnable what) {
        if (draws.nextInt(in) == 0) {
            what.run();
        }
    }

    /** So long that nodes are called silent. */
    private void longPause() {
        silentUntilMs = nowMs;
        for (int second = 0; second < 1_000; second++) {
            nowMs += 1_000;
            both(side -> side.bridge.onDeadline(nowMs));
            answerSome();
        }
    }

    /** The broker answers some of what is on its way, nearly always well, and passes markers, claims and readings back. */
    private void answerSome() {
        List<Long> open = nowMs < silentUntilMs ? List.of() : new ArrayList<>(quick.effects.open.keySet());
        int most = 1 + draws.nextInt(4);
        for (int i = 0; i < Math.min(most, open.size()); i++) {
            long answered = open.get(i);
            Publication publication = quick.effects.open.get(answered);
            int reason = draws.nextInt(20) > 0 ? 0 : draws.nextBoolean() ? 0x87 : 0x10;
            both(side -> {
                side.effects.open.remove(answered);
                side.bridge.onAcknowledged(nowMs, answered, reason);
            });
            if (publication != null && reason == 0 && draws.nextInt(10) > 0) {
                hear(publication.topic().substring(ROOT.length()), publication.payload(), publication.properties());
            }
        }
    }

    private static Map<String, String> reading(int node, long seq, String via) {
        return Map.of("id", "n" + node + "/3/" + seq, "node", "%016x".formatted(node), "via", via);
    }

    private void hear(String topic, String payload, Map<String, String> properties) {
        token++;
        both(side -> side.hear(nowMs, token, topic, payload, properties));
    }

    private void both(Consumer<Side> what) {
        what.accept(quick);
        what.accept(thorough);
    }
}
