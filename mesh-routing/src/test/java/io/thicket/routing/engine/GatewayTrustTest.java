package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.GatewayState;
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
import io.thicket.routing.security.Verifier;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.GatewayEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 3, fake gateway: a network that lists its gateways believes no other and no unsigned entry (sequence 39). */
class GatewayTrustTest {
    private static final NodeId GATEWAY = NodeId.ofPublicKey(TestKeys.signer(9).publicKey());

    private int verifications;
    private final Verifier counting = (key, message, signature) -> {
        verifications++;
        return TestKeys.VERIFIER.verify(key, message, signature);
    };
    private final Bench bench = new Bench(
            RoutingParameters.of(LinkClass.WIFI),
            RuleSwitches.ALL_ON,
            Set.of(Identity.Role.RELAY),
            Set.of(GATEWAY),
            counting);
    private final Peer peer = new Peer(bench, 1).join();

    @Test
    void a_signed_entry_is_taken_when_the_ident_of_its_gateway_is_known_and_verified_once() {
        peer.hello(signed(10, 10, true));
        assertNull(nextHop());

        identOfGateway();
        int before = verifications;
        peer.hello(signed(10, 10, true));
        peer.hello(signed(10, 10, true));
        peer.hello(signed(12, 10, true)); // a Seq that the gateway gave in an RREP since

        assertEquals(peer.id, nextHop());
        assertEquals(1, verifications - before);
    }

    @Test
    void entries_that_are_unsigned_forged_or_about_somebody_else_are_refused_with_an_alarm() {
        identOfGateway();
        Bytes foreign = GatewaySigning.sign(TestKeys.signer(1), GATEWAY, new Seq(1, 10), true);

        peer.hello(Peer.entry(GATEWAY, 10, 100));
        peer.hello(entry(GATEWAY, 10, 10, true, foreign));
        peer.hello(Peer.entry(peer.id, 10, 0));
        peer.hello(signed(10 + GatewayTrust.MAX_STEPS_UNSIGNED + 1, 10, true));

        assertNull(nextHop());
        assertTrue(bench.router.snapshot(0).gateways().isEmpty());
        assertEquals(4L, bench.router.snapshot(0).counters().get(RoutingCounter.GATEWAYS_REFUSED));
        assertTrue(bench.alarms.stream().allMatch(alarm -> alarm.kind() == Alarm.Kind.FAKE_GATEWAY));
        assertEquals(4, bench.alarms.size());
    }

    @Test
    void a_flood_of_forged_entries_costs_an_honest_neighbour_no_route() {
        identOfGateway();
        peer.hello(signed(10, 10, true));
        Peer liar = new Peer(bench, 2).join();
        for (int i = 0; i < 200; i++) {
            liar.hello(entry(GATEWAY, 1_000 + i, 1_000 + i, true, Bytes.copyOf(new byte[64])));
        }
        long limited = bench.router.snapshot(0).counters().get(RoutingCounter.DROPPED_RATE_LIMITED);

        peer.hello(signed(11, 11, true)); // genuine, but there is no time to verify it

        assertTrue(bench.router.snapshot(0).counters().get(RoutingCounter.DROPPED_RATE_LIMITED) > limited);
        assertEquals(peer.id, nextHop());
    }

    @Test
    void an_older_claim_of_a_working_uplink_does_not_undo_a_withdrawal() {
        identOfGateway();
        peer.hello(signed(10, 10, true));
        peer.hello(withdrawn(11));

        peer.hello(signed(20, 10, true));

        assertNull(bench.router.snapshot(0).pinnedGateway());
        assertTrue(bench.router.snapshot(0).gateways().stream().noneMatch(gateway -> gateway.uplink()));
    }

    @Test
    void an_entry_lives_no_longer_than_from_when_its_seq_was_first_heard() {
        identOfGateway();
        long lifeMs = RoutingParameters.of(LinkClass.WIFI).gatewayLifetimeMs();
        peer.hello(signed(10, 10, true));
        for (long now = 0; now < lifeMs + 2_000; now += 50_000) {
            bench.runTo(now);
            peer.hello(signed(10, 10, true));
        }
        bench.runTo(lifeMs + 2_000);

        assertTrue(bench.router.snapshot(bench.now).gateways().stream().noneMatch(gateway -> gateway.uplink()));
    }

    @Test
    void a_gateway_that_is_not_listed_says_so_and_announces_nothing() {
        bench.router.gatewayState(0, new GatewayState(true, true, 0, 0), bench);
        bench.sent.clear();
        bench.runTo(5_000);

        assertTrue(bench.alarms.stream().anyMatch(alarm -> alarm.node().equals(bench.router.self())));
        assertTrue(bench.sent.stream()
                .flatMap(frame -> peer.open(frame.frame(), frame.exchange()).stream())
                .noneMatch(message -> message instanceof io.thicket.routing.wire.Hello hello
                        && !hello.gateways().isEmpty()));
    }

    /** Sequence 39: node 3 is an insider and next to node 4, the real gateway is four hops away. */
    @Test
    void readings_pass_a_fake_gateway_by_and_reach_the_listed_one() {
        Mesh mesh = new Mesh(51);
        mesh.gateways = Set.of(NodeId.ofPublicKey(TestKeys.signer(0).publicKey()));
        mesh.add(5);
        for (int i = 0; i < 4; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.start(0, 3);
        boolean known =
                mesh.runUntil(() -> mesh.node(4).router.snapshot(mesh.now).pinnedGateway() != null, 10_000);
        for (int i = 0; i < 10; i++) {
            mesh.node(4).offer("far " + i);
            mesh.node(2).offer("near " + i);
            mesh.runFor(5_000);
        }

        assertTrue(known, "the keys of the gateway reach the end of the line within ten seconds");
        assertEquals(20, mesh.deliveredTexts(0).size());
        assertEquals(0, mesh.node(3).deliveries.size());
        assertTrue(mesh.node(4).outbox.isEmpty());
    }

    private NodeId nextHop() {
        RouteEntry route = bench.router.routes().get(GATEWAY);
        return route == null || route.nextHop() == null ? null : route.nextHop().id();
    }

    private void identOfGateway() {
        peer.send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(IdentSigning.sign(TestKeys.signer(9), "gate", Set.of(Identity.Role.GATEWAY), 1)));
    }

    private static GatewayEntry signed(long count, long signedCount, boolean uplink) {
        return entry(
                GATEWAY,
                count,
                signedCount,
                uplink,
                GatewaySigning.sign(TestKeys.signer(9), GATEWAY, new Seq(1, signedCount), uplink));
    }

    private static GatewayEntry withdrawn(long count) {
        Bytes signature = GatewaySigning.sign(TestKeys.signer(9), GATEWAY, new Seq(1, count), false);
        return new GatewayEntry(GATEWAY, new Seq(1, count), 100, 1, false, false, true, 0, 0, 1_200, signature, count);
    }

    private static GatewayEntry entry(NodeId gateway, long count, long signedCount, boolean uplink, Bytes signature) {
        return new GatewayEntry(
                gateway, new Seq(1, count), 100, 1, uplink, false, true, 750, 0, 1_200, signature, signedCount);
    }
}
