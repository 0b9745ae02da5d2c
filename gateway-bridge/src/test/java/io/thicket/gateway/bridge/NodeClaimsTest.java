package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.wall;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that are claimed as they become known, so that their first readings need not wait. */
class NodeClaimsTest {
    private static final BrokerLimits BROKER = new BrokerLimits(20, Long.MAX_VALUE);
    private static final String ROOT = "thicket/v1/site1/";

    private final RecordingBridgeEffects effects = new RecordingBridgeEffects();
    private final Bridge bridge = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, wall(), effects);
    private long token;

    private void hear(long nowMs, String topic, String payload, Map<String, String> properties) {
        bridge.onHeard(nowMs, ++token, ROOT + topic, payload, properties);
    }

    private void hearReading(long nowMs, long seq, String via) {
        hear(nowMs, "n/n17/data", "[]", Map.of("id", "n17/3/" + seq, "node", "0000000000000017", "via", via));
    }

    /** The broker acknowledges everything, and brings the gateway's markers and claims back. */
    private void answerAll(long nowMs) {
        while (!effects.open.isEmpty()) {
            for (long open : List.copyOf(effects.open.keySet())) {
                Publication publication = effects.open.remove(open);
                bridge.onAcknowledged(nowMs, open, 0);
                String topic = publication.topic();
                if (topic.endsWith("/sync") || topic.endsWith("/claim")) {
                    hear(nowMs, topic.substring(ROOT.length()), publication.payload(), Map.of());
                }
            }
        }
    }

    private void connectBesideAnother(BrokerSession session) {
        hear(0, "gw/gw2/status", "online", Map.of());
        bridge.onConnected(0, BROKER, session);
        answerAll(0);
    }

    private void known(long nowMs, NodeId id, String name) {
        bridge.onNodeKnown(nowMs, new Identity(id, name, Set.of(Identity.Role.SENSOR), 3), name);
    }

    private void deadline(long nowMs) {
        bridge.onDeadline(nowMs);
        answerAll(nowMs);
    }

    private List<String> claims() {
        return effects.on("gw1/claim").stream().map(Publication::payload).toList();
    }

    @Test
    void the_first_reading_of_a_claimed_node_goes_at_once() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);
        assertEquals(List.of("0000000000000017"), claims());

        bridge.onArrival(2_000, batch(N17, "n17", 7, 2_000, 1, 1));
        assertEquals(List.of("n17/3/1"), effects.ids());
        assertEquals(0, bridge.counters().get(BridgeCounter.READINGS_CLAIMED));
    }

    @Test
    void a_reading_that_comes_within_the_second_after_the_claim_is_claimed_itself() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);

        bridge.onArrival(1_999, batch(N17, "n17", 7, 1_999, 1, 1));
        assertEquals(List.of(), effects.ids());
        assertEquals(List.of("0000000000000017", "0000000000000017 3:1"), claims());
    }

    @Test
    void of_two_claims_the_last_counts_so_that_one_gateway_has_the_node() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);
        hear(1_010, "gw/gw2/claim", "0000000000000018 0000000000000017", Map.of());

        bridge.onArrival(5_000, batch(N17, "n17", 7, 5_000, 1, 1));
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void a_node_of_which_another_gateway_published_is_not_claimed() {
        connectBesideAnother(BrokerSession.KEPT);
        hearReading(10, 1, "gw2");
        known(100, N17, "n17");
        deadline(1_000);
        assertEquals(List.of(), claims());
    }

    @Test
    void a_node_that_another_gateway_claimed_is_not_claimed_and_its_reading_is() {
        connectBesideAnother(BrokerSession.KEPT);
        hear(10, "gw/gw2/claim", "0000000000000017", Map.of());
        known(100, N17, "n17");
        deadline(1_000);
        assertEquals(List.of(), claims());

        bridge.onArrival(1_500, batch(N17, "n17", 7, 1_500, 1, 1));
        answerAll(1_510);
        deadline(2_510);
        assertEquals(List.of("n17/3/1"), effects.ids(), "a gateway that claimed it and has nothing holds nobody up");
    }

    @Test
    void a_claimed_node_is_lost_to_who_publishes_a_reading_of_it() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);
        hearReading(3_000, 1, "gw2");

        bridge.onArrival(5_000, batch(N17, "n17", 7, 5_000, 2, 2));
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void a_reading_that_another_gateway_claimed_waits_although_the_node_is_claimed_here() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);
        hear(2_500, "gw/gw2/claim", "0000000000000017 3:1", Map.of());

        bridge.onArrival(2_510, batch(N17, "n17", 7, 2_510, 1, 1));
        assertEquals(List.of(), effects.ids());
    }

    /** The broker sends again what was not answered, but not what was answered in between. */
    @Test
    void what_comes_again_with_a_kept_session_makes_no_node_ones_own() {
        hear(0, "gw/gw2/status", "online", Map.of());
        bridge.onConnected(0, BROKER, BrokerSession.KEPT);
        hearReading(5, 1, "gw1");
        hear(6, "gw/gw1/claim", "0000000000000018", Map.of());
        answerAll(10);

        bridge.onArrival(5_000, batch(N17, "n17", 7, 5_000, 2, 2));
        bridge.onArrival(5_000, batch(N18, "n18", 8, 5_000, 2, 2));
        assertEquals(List.of(), effects.ids());
        assertEquals(2, bridge.counters().get(BridgeCounter.READINGS_CLAIMED));
    }

    @Test
    void a_claim_of_more_nodes_than_one_may_have_is_none() {
        connectBesideAnother(BrokerSession.KEPT);
        StringBuilder many = new StringBuilder("0000000000000017");
        for (int i = 0; i < OwnPublications.NODES_IN_CLAIM; i++) {
            many.append(String.format(" %016x", 0x1000 + i));
        }
        hear(10, "gw/gw2/claim", many.toString(), Map.of());
        known(100, N17, "n17");
        deadline(1_000);
        assertEquals(List.of("0000000000000017"), claims());
    }

    @Test
    void nodes_that_became_known_while_nothing_could_be_claimed_are_claimed_together_afterwards() {
        known(0, N17, "n17");
        connectBesideAnother(BrokerSession.NEW);
        known(100, N18, "n18");
        deadline(7_999);
        assertEquals(List.of(), claims());

        deadline(8_999);
        assertEquals(List.of("0000000000000017 0000000000000018"), claims());
        deadline(10_000);
        assertEquals(1, claims().size());
    }

    @Test
    void after_a_new_connection_nobody_has_a_node() {
        connectBesideAnother(BrokerSession.KEPT);
        known(100, N17, "n17");
        deadline(1_000);
        bridge.onDisconnected(2_000);
        bridge.onConnected(3_000, BROKER, BrokerSession.KEPT);
        answerAll(3_000);

        bridge.onArrival(5_000, batch(N17, "n17", 7, 5_000, 1, 1));
        assertEquals(List.of(), effects.ids());
    }

    @Test
    void alone_it_claims_no_nodes() {
        bridge.onConnected(0, BROKER, BrokerSession.KEPT);
        answerAll(0);
        known(100, N17, "n17");
        deadline(1_000);
        assertEquals(List.of(), claims());
    }

    @Test
    void a_thousand_nodes_are_sixteen_messages() {
        connectBesideAnother(BrokerSession.KEPT);
        for (int node = 1; node <= 1_000; node++) {
            known(100, new NodeId(node), "n" + node);
        }
        answerAll(200);
        deadline(1_000);
        assertEquals(16, claims().size());
    }
}
