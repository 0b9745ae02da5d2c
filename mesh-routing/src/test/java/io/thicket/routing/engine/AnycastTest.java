package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.HopResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 2.5, gateways: choice, pin and at most two re-pins; sequences 23, 24 and 26. */
class AnycastTest {
    private static final NodeId NEAR = new NodeId(0x1111);
    private static final NodeId FAR = new NodeId(0x2222);

    @Test
    void load_doubles_the_score_and_a_switch_takes_thirty_seconds() {
        Bench bench = new Bench();
        Peer near = new Peer(bench, 1).join();
        Peer far = new Peer(bench, 2).join();
        near.hello(entry(NEAR, 10, 100, true, 0, 750));
        far.hello(entry(FAR, 10, 150, true, 0, 750));
        bench.runTo(1_000);
        assertEquals(
                NEAR,
                bench.router.snapshot(bench.now).pinnedGateway(),
                bench.router.snapshot(bench.now).toString());

        near.hello(entry(NEAR, 11, 100, true, 100, 750));
        run(bench, 29_000, near, far);
        assertEquals(NEAR, bench.router.snapshot(bench.now).pinnedGateway());
        run(bench, 33_000, near, far);

        assertEquals(FAR, bench.router.snapshot(bench.now).pinnedGateway());
    }

    @Test
    void a_relay_sends_custody_for_a_withdrawn_gateway_to_another_one_at_once_and_counts_it() {
        Bench bench = new Bench();
        Peer near = new Peer(bench, 1).join();
        Peer far = new Peer(bench, 2).join();
        Peer child = new Peer(bench, 3).join();
        near.hello(entry(NEAR, 10, 100, true, 0, 750));
        far.hello(entry(FAR, 10, 150, true, 0, 750));
        run(bench, 1_500, near, far);
        child.data(1, anycast(child.id, 5, 0, NEAR, 0));
        Bench.Sent first = bench.sent.get(bench.sent.size() - 1);
        near.reply(first.exchange(), new HopResult(HopCode.FULL, null, 5_000, 0));

        near.hello(entry(NEAR, 11, 100, false, 0, 0));
        bench.runTo(1_600);
        List<Data> moved = far.acceptAll();

        Data data = moved.stream()
                .filter(each -> each.id().origin().equals(child.id))
                .findFirst()
                .orElseThrow();
        assertEquals(FAR, data.pinned());
        assertEquals(1, data.repins());
        assertEquals(1, data.turn());
    }

    @Test
    void a_full_queue_keeps_no_reading_from_the_gateway_that_appears() {
        Bench bench = new Bench(
                RoutingParameters.of(LinkClass.WIFI).with(draft -> {
                    draft.queuePerDestination = 4;
                    draft.queueTotal = 4;
                }),
                RuleSwitches.ALL_ON);
        Peer near = new Peer(bench, 1).join();
        for (int i = 0; i < 3; i++) {
            assertTrue(send(bench, Destination.node(new NodeId(0x99))) > 0);
        }
        long reading = send(bench, Destination.GATEWAY);
        assertEquals(MeshRouter.Refusal.FULL, send(bench, Destination.GATEWAY));

        near.hello(entry(NEAR, 10, 100, true, 0, 750));
        bench.runTo(100);

        assertTrue(near.acceptAll().stream().anyMatch(data -> data.id().number() == reading));
    }

    private static long send(Bench bench, Destination destination) {
        return bench.router.send(
                bench.now,
                destination,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[1]),
                bench);
    }

    @Test
    void an_urgent_message_whose_pin_may_not_move_holds_up_no_other() {
        Bench bench = new Bench();
        Peer near = new Peer(bench, 1).join();
        Peer far = new Peer(bench, 2).join();
        Peer child = new Peer(bench, 3).join();
        near.hello(entry(NEAR, 10, 100, true, 0, 750));
        far.hello(entry(FAR, 10, 150, true, 0, 750));
        run(bench, 1_500, near, far);
        child.data(1, urgent(anycast(child.id, 5, 0, NEAR, GatewayPins.MAX_REPINS)));
        child.data(2, anycast(child.id, 6, 0, NEAR, 0));
        near.replyAll(new HopResult(HopCode.FULL, null, 5_000, 0));

        near.hello(entry(NEAR, 11, 100, false, 0, 0));
        bench.runTo(1_600);

        assertEquals(
                List.of(6L),
                far.acceptAll().stream()
                        .filter(each -> each.id().origin().equals(child.id))
                        .map(each -> each.id().number())
                        .toList());
    }

    @Test
    void the_pin_moves_twice_in_a_turn_at_most() {
        Bench bench = new Bench();
        Peer near = new Peer(bench, 1).join();
        Peer far = new Peer(bench, 2).join();
        Peer child = new Peer(bench, 3).join();
        near.hello(entry(NEAR, 10, 100, true, 0, 750));
        far.hello(entry(FAR, 10, 150, true, 0, 750));
        run(bench, 1_500, near, far);
        child.data(1, anycast(child.id, 5, 4, NEAR, GatewayPins.MAX_REPINS));
        Bench.Sent first = bench.sent.get(bench.sent.size() - 1);
        near.reply(first.exchange(), new HopResult(HopCode.FULL, null, 5_000, 0));

        near.hello(entry(NEAR, 11, 100, false, 0, 0));
        bench.runTo(1_600);

        assertTrue(far.acceptAll().stream().noneMatch(each -> each.id().origin().equals(child.id)));
    }

    /** Sequence 23. */
    @Test
    void a_gateway_that_vanished_leaves_no_phantom_behind() {
        Mesh mesh = Mesh.line(41, 5, RoutingParametersForTests.FAST);
        mesh.start(0);
        mesh.runFor(20_000);
        assertEquals(1, offered(mesh, 4).size());

        mesh.kill(0);
        mesh.runFor(RoutingParametersForTests.FAST.gatewayLifetimeMs() + 5_000);

        for (int i = 1; i < 5; i++) {
            assertEquals(List.of(), offered(mesh, i), "node " + i);
            Mesh.Node node = mesh.node(i);
            RouteEntry route = node.router.routes().get(mesh.node(0).id());
            assertTrue(route == null || route.nextHop() == null, "node " + i + " still has a route");
        }
    }

    /** Sequence 24. */
    @Test
    void readings_wait_while_every_gateway_is_dead_and_arrive_when_one_returns() {
        Mesh mesh = Mesh.line(42, 6);
        mesh.start(0, 5);
        mesh.runFor(20_000);
        mesh.kill(0);
        mesh.kill(5);
        mesh.runFor(5_000);
        for (int i = 1; i < 5; i++) {
            mesh.node(i).offer("from " + i);
        }
        mesh.runFor(400_000);

        mesh.restart(5);
        boolean settled =
                mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> !node.up || node.outbox.isEmpty()), 70_000);

        assertTrue(settled, "outboxes after 70 s");
        assertEquals(4, mesh.deliveredTexts(5).size());
        assertNoDescentAlarm(mesh);
    }

    /** Sequence 26. */
    @Test
    void a_partition_uses_its_own_gateway_and_custody_crosses_after_the_merge() {
        Mesh mesh = Mesh.line(43, 7);
        mesh.start(0, 6);
        mesh.runFor(30_000);
        mesh.node(6).gateway(false); // the right half has no way out after the cut
        mesh.runFor(10_000);
        mesh.cut(2, 3);
        for (int i = 1; i < 6; i++) {
            mesh.node(i).offer("from " + i);
        }
        mesh.runFor(60_000);
        assertEquals(2, mesh.deliveredTexts(0).size(), "the left half only");

        mesh.connect(2, 3);
        boolean settled = mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> node.outbox.isEmpty()), 120_000);

        assertTrue(settled, "outboxes two minutes after the merge");
        assertEquals(5, mesh.deliveredTexts(0).size());
        assertNoDescentAlarm(mesh);
    }

    /** Sequence 28: noise on two equal ways, and each new Seq of the gateway arrives over the worse one first. */
    @Test
    void noise_on_equal_ways_moves_the_route_at_most_once_in_five_minutes() {
        Bench bench = new Bench();
        Peer one = new Peer(bench, 1).join();
        Peer two = new Peer(bench, 2).join();
        SplittableRandom random = new SplittableRandom(3);
        int switches = 0;
        NextHop last = null;
        for (int minute = 0; minute < 60; minute++) {
            Peer first = minute % 2 == 0 ? two : one;
            Peer second = minute % 2 == 0 ? one : two;
            first.hello(Peer.entry(NEAR, 10 + minute, 1_030 + random.nextInt(-60, 61)));
            bench.runTo(bench.now + 1_000);
            second.hello(Peer.entry(NEAR, 10 + minute, 1_000 + random.nextInt(-60, 61)));
            for (int i = 0; i < 59; i++) {
                bench.runTo(bench.now + 1_000);
                List<Bench.Sent> frames = List.copyOf(bench.sent);
                bench.sent.clear();
                one.accept(frames);
                two.accept(frames);
                NextHop hop = bench.router.routes().get(NEAR).nextHop();
                switches += last != null && hop != last ? 1 : 0;
                last = hop;
            }
        }

        assertTrue(switches <= 12, switches + " switches in an hour");
    }

    /** Time passes, and both peers answer what they are sent. */
    private static void run(Bench bench, long toMs, Peer one, Peer two) {
        while (bench.now < toMs) {
            bench.runTo(Math.min(toMs, bench.now + 100));
            List<Bench.Sent> frames = List.copyOf(bench.sent);
            bench.sent.clear();
            one.accept(frames);
            two.accept(frames);
        }
    }

    private static List<RoutingSnapshot.Gateway> offered(Mesh mesh, int node) {
        return mesh.node(node).router.snapshot(mesh.now).gateways().stream()
                .filter(RoutingSnapshot.Gateway::uplink)
                .toList();
    }

    private static void assertNoDescentAlarm(Mesh mesh) {
        for (Mesh.Node node : mesh.nodes) {
            assertEquals(
                    0L, node.router.snapshot(mesh.now).counters().get(RoutingCounter.DESCENT_ALARMS), "" + node.alarms);
        }
    }

    private static GatewayEntry entry(
            NodeId gateway, long count, long metric, boolean uplink, int load, int lifetimeS) {
        return new GatewayEntry(
                gateway, new Seq(1, count), metric, 1, uplink, false, true, lifetimeS, load, 1_200, null);
    }

    private static Data urgent(Data data) {
        return new Data(
                data.id(),
                data.destination(),
                data.pinned(),
                data.descent(),
                data.ttl(),
                data.hops(),
                data.turn(),
                data.repins(),
                data.wantsSettle(),
                true,
                null,
                0,
                data.payloadType(),
                data.payload());
    }

    private static Data anycast(NodeId origin, long number, int turn, NodeId pinned, int repins) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.GATEWAY,
                pinned,
                new Distance(new Seq(1, 10), 10_000),
                20,
                0,
                turn,
                repins,
                true,
                false,
                null,
                0,
                PayloadType.READINGS,
                Bytes.copyOf((byte) 1));
    }
}
