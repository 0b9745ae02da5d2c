package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.GatewayEntry;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2.5, e2e-verified: ways that take readings and lose them, and gateways whose broker does not answer. */
class EndToEndScoreTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);
    private static final NodeId OTHER_GATEWAY = new NodeId(0x5678);

    /** Sequence 37. */
    @Test
    void a_grey_hole_that_acknowledges_hops_loses_the_traffic_after_eight_messages() {
        Bench bench = new Bench();
        Peer grey = way(bench, 1, GATEWAY, 100);
        Peer honest = way(bench, 2, GATEWAY, 110);

        int lost = 0;
        while (lost < 40 && read(bench, grey, false, honest)) {
            lost++;
        }

        // Eight verdicts, and what is sent until the eighth one is spoken.
        assertTrue(lost >= E2eScores.MIN_MESSAGES && lost <= E2eScores.MIN_MESSAGES + 3, lost + " messages");
        assertEquals(
                List.of(grey.id),
                bench.alarms.stream()
                        .filter(alarm -> alarm.kind() == Alarm.Kind.UNVERIFIED_PATH)
                        .map(Alarm::node)
                        .toList());
        assertEquals(1L, bench.router.snapshot(bench.now).counters().get(RoutingCounter.PATHS_DEMOTED));
    }

    @Test
    void the_demotion_wears_off_within_ten_minutes_and_comes_back_for_longer() {
        Bench bench = new Bench();
        Peer grey = way(bench, 1, GATEWAY, 100);
        Peer honest = way(bench, 2, GATEWAY, 140);
        while (read(bench, grey, false, honest)) {}
        long demotedAtMs = bench.now;

        while (!read(bench, grey, false, honest) && bench.now < demotedAtMs + 1_200_000) {}
        long backAtMs = bench.now;
        while (read(bench, grey, false, honest)) {}
        long againAtMs = bench.now;
        while (!read(bench, grey, false, honest) && bench.now < againAtMs + 2_400_000) {}

        assertTrue(backAtMs - demotedAtMs > 240_000 && backAtMs - demotedAtMs <= 620_000, backAtMs - demotedAtMs + "");
        assertTrue(
                bench.now - againAtMs > 3 * (backAtMs - demotedAtMs) / 2,
                bench.now - againAtMs + " after " + (backAtMs - demotedAtMs));
    }

    @Test
    void a_message_that_was_judged_is_not_judged_again_when_it_is_repeated_another_way() {
        Bench bench = new Bench();
        Peer grey = way(bench, 1, GATEWAY, 100);
        Peer honest = way(bench, 2, GATEWAY, 110);
        bench.sent.clear();
        for (int i = 0; i < E2eScores.MIN_MESSAGES; i++) {
            send(bench);
            assertEquals(1, grey.acceptAll().size());
        }
        bench.runTo(bench.now + 14_000);
        assertEquals(1L, bench.router.snapshot(bench.now).counters().get(RoutingCounter.PATHS_DEMOTED));

        honest.acceptAll(); // the IDENT
        long taken = 0;
        for (long number = 1; number <= E2eScores.MIN_MESSAGES; number++) {
            bench.router.send(
                    bench.now,
                    Destination.GATEWAY,
                    PayloadType.READINGS,
                    Priority.NORMAL,
                    60_000,
                    true,
                    number,
                    1,
                    ByteBuffer.wrap(new byte[] {1}),
                    bench);
            taken += honest.acceptAll().stream()
                    .filter(data -> data.payloadType() == PayloadType.READINGS)
                    .count();
        }

        assertEquals(E2eScores.MIN_MESSAGES, taken);
        assertEquals(1L, bench.router.snapshot(bench.now).counters().get(RoutingCounter.PATHS_DEMOTED));
    }

    @Test
    void a_way_whose_messages_are_settled_is_not_demoted_even_if_some_answers_are_late() {
        Bench bench = new Bench();
        Peer near = way(bench, 1, GATEWAY, 100);
        Peer far = way(bench, 2, GATEWAY, 110);

        for (int i = 0; i < 40; i++) {
            assertTrue(read(bench, near, true, far), "message " + i);
        }

        assertEquals(0L, bench.router.snapshot(bench.now).counters().get(RoutingCounter.PATHS_DEMOTED));
    }

    @Test
    void a_gateway_that_says_itself_that_it_is_cut_off_puts_no_blame_on_the_way() {
        Bench bench = new Bench();
        Peer way = way(bench, 1, GATEWAY, 100);
        Peer none = new Peer(bench, 2).join();
        for (int i = 0; i < 9; i++) {
            send(bench);
            bench.runTo(bench.now + 500);
            way.acceptAll();
        }

        way.hello(withdrawn(GATEWAY, 11));
        for (int i = 0; i < 20; i++) {
            bench.runTo(bench.now + 1_000);
            way.acceptAll();
            none.acceptAll();
        }

        assertEquals(0L, bench.router.snapshot(bench.now).counters().get(RoutingCounter.PATHS_DEMOTED));
    }

    /** Sequence 22, seen from one origin: the gateway claims an uplink, the other one is nine times as far. */
    @Test
    void a_gateway_whose_broker_never_answers_is_left_for_one_that_is_much_farther() {
        Bench bench = new Bench();
        Peer lying = way(bench, 1, GATEWAY, 100);
        Peer honest = way(bench, 2, OTHER_GATEWAY, 900);

        int lost = 0;
        while (lost < 40 && read(bench, lying, false, honest)) {
            lost++;
        }

        assertTrue(lost <= E2eScores.MIN_MESSAGES + 3, lost + " messages ");
        assertEquals(OTHER_GATEWAY, bench.router.snapshot(bench.now).pinnedGateway());
    }

    /** Sequence 22 in a mesh: the broker of gateway 0 takes the connection and answers nothing. */
    @Test
    void every_reading_is_settled_by_the_other_gateway_when_one_lies_about_its_uplink() {
        Mesh mesh = Mesh.line(31, 6);
        mesh.node(0).settles = false;
        mesh.start(0, 5);
        for (int i = 0; i < 60; i++) {
            int number = i;
            mesh.at(15_000 + 10_000L * i, () -> {
                mesh.node(1).offer("a" + number);
                mesh.node(2).offer("b" + number);
            });
        }

        mesh.runFor(900_000);

        assertTrue(
                mesh.node(1).outbox.isEmpty() && mesh.node(2).outbox.isEmpty(),
                "unsettled: " + mesh.node(1).outbox.keySet() + " "
                        + mesh.node(2).outbox.keySet());
        assertEquals(
                120,
                mesh.node(1).settledOutgoing.size()
                        + mesh.node(2).settledOutgoing.size());
        assertTrue(mesh.node(1).alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.UNVERIFIED_PATH));
        assertFalse(mesh.node(1).alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.DESCENT_VIOLATED));
    }

    /** A gateway on the way to the other one lets pass what its origin repeats towards that one. */
    @Test
    void a_repeated_message_for_another_gateway_is_not_swallowed() {
        Bench bench = new Bench();
        bench.router.gatewayState(0, new GatewayState(true, true, 0, 0), bench);
        Peer next = way(bench, 1, GATEWAY, 100);
        Peer previous = new Peer(bench, 2).join();
        bench.sent.clear();

        previous.data(1, anycast(previous.id, 7, 0, GATEWAY));
        assertEquals(1, bench.delivered.size());
        previous.data(2, anycast(previous.id, 7, 1, GATEWAY));

        assertEquals(1, bench.delivered.size());
        assertEquals(1, next.acceptAll().size());

        bench.router.settle(bench.now, bench.delivered.get(0), SettleStatus.BROKER_ACKED, bench);
        previous.data(3, anycast(previous.id, 7, 2, GATEWAY));
        assertEquals(0, next.acceptAll().size(), "it knows that the message is settled");
    }

    /** One reading, ten seconds; each hop answers. True if {@code watched} got it. */
    private static boolean read(Bench bench, Peer watched, boolean settles, Peer other) {
        bench.sent.clear();
        long number = send(bench);
        bench.runTo(bench.now + 20);
        boolean taken = serve(bench, watched, other, number);
        for (int i = 0; i < 10; i++) {
            bench.runTo(bench.now + 1_000);
            if (i == 5 && !taken) {
                settle(bench, other, number);
            } else if (i == 5 && settles) {
                // Every fourth answer comes only with the next reading's, ten seconds later.
                settle(bench, watched, number % 4 == 3 ? 0 : number);
                settle(bench, watched, number % 4 == 0 ? number - 1 : 0);
            }
            if (i % 4 == 3) {
                watched.hello(watched.lastEntry);
                other.hello(other.lastEntry);
            }
            serve(bench, watched, other, number);
        }
        return taken;
    }

    private static boolean serve(Bench bench, Peer watched, Peer other, long number) {
        List<Bench.Sent> frames = List.copyOf(bench.sent);
        bench.sent.clear();
        other.accept(frames);
        return watched.accept(frames).stream().anyMatch(data -> data.id().number() == number);
    }

    private static void settle(Bench bench, Peer from, long number) {
        if (number > 0) {
            E2eAck ack = new E2eAck(bench.router.self(), 1, number, 0, SettleStatus.BROKER_ACKED, GATEWAY, null, 20);
            from.send(FrameForm.UNICAST, 60_000 + (int) (number % 1_000), List.of(ack));
        }
    }

    private static Peer way(Bench bench, int number, NodeId gateway, long metric) {
        Peer peer = new Peer(bench, number).join();
        peer.lastEntry = Peer.entry(gateway, 10, metric);
        peer.hello(peer.lastEntry);
        return peer;
    }

    private static GatewayEntry withdrawn(NodeId gateway, long count) {
        return new GatewayEntry(gateway, new Seq(1, count), 100, 1, false, false, true, 0, 0, 1_200, null);
    }

    private static Data anycast(NodeId origin, long number, int turn, NodeId pinned) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.GATEWAY,
                pinned,
                new Distance(new Seq(1, 10), 10_000),
                20,
                0,
                turn,
                0,
                true,
                false,
                null,
                0,
                PayloadType.READINGS,
                Bytes.copyOf((byte) 1));
    }

    private static long send(Bench bench) {
        return bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                bench);
    }
}
