package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.GatewaySigning;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Rreq;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 3 where there is no room for signatures: what is believed on LoRa-class links, and how far. */
class LoraTrustTest {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final NodeId GATEWAY = NodeId.ofPublicKey(TestKeys.signer(9).publicKey());
    private static final NodeId FAR = NodeId.ofPublicKey(TestKeys.signer(8).publicKey());

    private final Bench bench = new Bench(
            RoutingParameters.of(LinkClass.WIFI),
            RuleSwitches.ALL_ON,
            Set.of(Identity.Role.RELAY),
            Set.of(GATEWAY),
            TestKeys.VERIFIER);
    private final Peer peer;

    LoraTrustTest() {
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
        peer = new Peer(bench, 1).join();
    }

    /** 2.6: four of an originator in an hour; unsigned ones count like signed ones, since none could be. */
    @Test
    void unsigned_requests_have_the_rate_of_their_class() {
        bench.runTo(HOUR_MS / 2);
        int taken = 0;
        for (int i = 0; i < 8; i++) {
            bench.runTo(bench.now + 1_000);
            peer.broadcast(rreq(FAR, 1, 100 + i, i));
            taken += bench.router.routes().get(FAR) != null && seqOf(FAR).equals(new Seq(1, 100 + i)) ? 1 : 0;
        }

        assertEquals(4, taken);
    }

    @Test
    void an_unsigned_seq_far_beyond_a_signed_one_teaches_nothing() {
        SeqAnchors anchors = new SeqAnchors();
        assertTrue(anchors.isPlausible(0, FAR, new Seq(9, 1_000_000), null), "nothing is known that could tell");
        anchors.signed(0, FAR, new Seq(3, 100));

        assertTrue(anchors.isPlausible(0, FAR, new Seq(3, 164), null));
        assertTrue(!anchors.isPlausible(0, FAR, new Seq(3, 165), null));
        assertTrue(anchors.isPlausible(60_000, FAR, new Seq(3, 224), null), "one more for each second");
        assertTrue(anchors.isPlausible(0, FAR, new Seq(7, 64), null), "a few restarts");
        assertTrue(!anchors.isPlausible(0, FAR, new Seq(8, 1), null));
        assertTrue(!anchors.isPlausible(0, FAR, new Seq(4, 1_000), null));
        assertTrue(anchors.isPlausible(0, FAR, new Seq(2, 1_000_000), null), "old, and harmless");
    }

    @Test
    void the_epoch_in_a_verified_ident_bounds_what_others_claim() {
        peer.send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(IdentSigning.sign(TestKeys.signer(1), "peer", Set.of(Identity.Role.RELAY), 1)));
        Peer captured = new Peer(bench, 2).join();
        bench.runTo(MINUTE_MS);

        captured.broadcast(rreq(peer.id, 6, 1, 1));

        assertEquals(1, bench.router.counter(RoutingCounter.DROPPED_UNSIGNED_SEQ));
        assertTrue(bench.router.routes().get(peer.id) == null || seqOf(peer.id).epoch() < 6);
    }

    @Test
    void a_gateway_entry_without_signature_is_taken_as_far_as_a_proof_vouches_for_it() {
        peer.hello(entry(10, null));
        assertNull(nextHop(), "no proof yet");
        assertEquals(1, bench.router.counter(RoutingCounter.GATEWAYS_UNVERIFIED));
        assertEquals(0, bench.router.counter(RoutingCounter.GATEWAYS_REFUSED), "and no crime either");

        identOfGateway();
        peer.hello(signed(10));
        assertEquals(peer.id, nextHop());
        peer.hello(entry(26, null));
        assertEquals(new Seq(1, 26), seqOf(GATEWAY));
        peer.hello(entry(27, null));
        assertEquals(new Seq(1, 26), seqOf(GATEWAY), "too far from what the gateway signed");
    }

    @Test
    void without_signature_nobody_turns_a_withdrawn_uplink_on_again() {
        identOfGateway();
        peer.hello(signed(10));
        peer.hello(new GatewayEntry(
                GATEWAY,
                new Seq(1, 11),
                100,
                1,
                false,
                false,
                true,
                0,
                0,
                250,
                GatewaySigning.sign(TestKeys.signer(9), GATEWAY, new Seq(1, 11), false)));

        peer.hello(entry(12, null));

        assertTrue(bench.router.snapshot(0).gateways().stream().noneMatch(gateway -> gateway.uplink()));
    }

    /** A day with listed gateways: the signatures are sent when they are needed, and cost no more than a tenth. */
    @Test
    void signatures_of_gateways_are_rare_and_everybody_has_them() {
        MixedMesh listed = network(true);
        MixedMesh free = network(false);
        for (MixedMesh mesh : List.of(listed, free)) {
            mesh.start(0);
            mesh.node(3).up = false;
            mesh.runFor(6 * HOUR_MS);
        }
        long[] before = {bytes(listed), bytes(free)};
        for (int i = 0; i < 24; i++) {
            listed.runFor(HOUR_MS);
            free.runFor(HOUR_MS);
            assertNotNull(listed.node(2).snapshot().pinnedGateway());
        }
        double more = (bytes(listed) - before[0]) / (double) (bytes(free) - before[1]);
        System.out.printf("LoRa, listed gateways: %.2f times the bytes of a day without%n", more);
        assertTrue(more < 1.25, more + " times the bytes");

        listed.node(3).start();
        long startedMs = listed.now;
        assertTrue(
                listed.runUntil(() -> listed.node(3).snapshot().pinnedGateway() != null, 5 * MINUTE_MS),
                "a newcomer gets key and signature");
        System.out.printf("LoRa, listed gateways: a newcomer knows one after %.1f s%n", (listed.now - startedMs) / 1e3);
        listed.node(0).gateway(false);
        boolean gone = listed.runUntil(() -> listed.node(3).snapshot().pinnedGateway() == null, 5 * MINUTE_MS);
        assertTrue(gone);
        for (MixedMesh.Node node : listed.nodes) {
            assertEquals(0, node.count(RoutingCounter.GATEWAYS_REFUSED), node.alarms.toString());
        }
    }

    private static MixedMesh network(boolean listed) {
        MixedMesh mesh = new MixedMesh(41, 4);
        if (listed) {
            mesh.gateways = Set.of(NodeId.ofPublicKey(TestKeys.signer(0).publicKey()));
        }
        for (int i = 0; i < 3; i++) {
            mesh.connect(0, MixedMesh.LORA, i, i + 1);
        }
        return mesh;
    }

    private static long bytes(MixedMesh mesh) {
        return mesh.nodes.stream()
                .mapToLong(node -> node.count(RoutingCounter.BYTES_SENT))
                .sum();
    }

    private NodeId nextHop() {
        RouteEntry route = bench.router.routes().get(GATEWAY);
        return route == null || route.nextHop() == null ? null : route.nextHop().id();
    }

    private Seq seqOf(NodeId node) {
        return bench.router.routes().get(node).feasibility().seq();
    }

    private void identOfGateway() {
        peer.send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(IdentSigning.sign(TestKeys.signer(9), "gate", Set.of(Identity.Role.GATEWAY), 1)));
    }

    private static GatewayEntry signed(long count) {
        return entry(count, GatewaySigning.sign(TestKeys.signer(9), GATEWAY, new Seq(1, count), true));
    }

    private static GatewayEntry entry(long count, Bytes signature) {
        return new GatewayEntry(GATEWAY, new Seq(1, count), 100, 1, true, false, true, 18_000, 0, 250, signature);
    }

    private static Rreq rreq(NodeId origin, long epoch, long count, int id) {
        return new Rreq(
                origin,
                new Seq(epoch, count),
                id,
                new NodeId(0x9000 + id),
                new Seq(0, 0),
                10,
                new Seq(epoch, count),
                1,
                9,
                true,
                false,
                false,
                60,
                null);
    }
}
