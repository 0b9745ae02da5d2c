package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.engine.RuleSwitches.Rule;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Probe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One router, peers written by hand, literal times. */
class RouterTest {
    private static final NodeId FAR = new NodeId(0x1234);

    @Test
    void a_stranger_becomes_a_neighbour_only_by_answering_the_challenge() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1);

        peer.hello();
        assertTrue(bench.router.snapshot(0).neighbors().isEmpty());

        peer.join();
        assertEquals(
                NeighborState.TWO_WAY,
                bench.router.snapshot(0).neighbors().get(0).state());
    }

    @Test
    void u8_data_from_a_hop_that_is_not_farther_is_refused_with_an_alarm() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        long mine = bench.router.routes().get(FAR).feasibility().metric();

        HopResult equal = previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, mine)));
        HopResult newer = previous.data(2, Peer.message(previous.id, 2, 0, FAR, distance(11, mine + 50)));
        HopResult farther = previous.data(3, Peer.message(previous.id, 3, 0, FAR, distance(10, mine + 1)));

        assertEquals(HopCode.DESCENT_VIOLATED, equal.code());
        assertEquals(distance(10, mine), equal.distance());
        assertEquals(HopCode.DESCENT_VIOLATED, newer.code());
        assertEquals(HopCode.CUSTODY, farther.code());
        assertEquals(1, next.acceptAll().size());
        assertEquals(
                2,
                bench.alarms.stream()
                        .filter(a -> a.kind() == Alarm.Kind.DESCENT_VIOLATED)
                        .count());
    }

    @Test
    void u8_switched_off_would_take_what_does_not_descend() {
        Bench bench = new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.without(Rule.U8_DESCENT));
        gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();

        HopResult result = previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, 1)));

        assertEquals(HopCode.CUSTODY, result.code());
    }

    @Test
    void a_destination_without_memory_is_refused_without_alarm() {
        Bench bench = new Bench();
        Peer previous = new Peer(bench, 2).join();

        HopResult result = previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, 1)));

        assertEquals(HopCode.NO_ROUTE, result.code());
        assertTrue(bench.alarms.isEmpty());
    }

    @Test
    void a_copy_of_what_is_held_is_acknowledged_and_sent_on_once() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        Data data = Peer.message(previous.id, 1, 0, FAR, distance(10, 10_000));

        assertEquals(HopCode.CUSTODY, previous.data(1, data).code());
        assertEquals(HopCode.CUSTODY, previous.data(1, data).code());
        assertEquals(1, next.acceptAll().size());
        assertEquals(HopCode.CUSTODY, previous.data(1, data).code());
        assertEquals(0, next.acceptAll().size());
    }

    @Test
    void a_higher_turn_is_taken_anew() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, 10_000)));
        next.acceptAll();

        HopResult again = previous.data(2, Peer.message(previous.id, 1, 1, FAR, distance(10, 10_000)));

        assertEquals(HopCode.CUSTODY, again.code());
        assertEquals(1, next.acceptAll().get(0).turn());
    }

    @Test
    void what_came_back_legitimately_after_a_change_of_route_is_taken_again() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, 10_000)));
        next.acceptAll();
        next.hello(Peer.entry(FAR, 12, 100)); // a newer Seq: this node is now nearer than before

        HopResult back = previous.data(2, Peer.message(previous.id, 1, 0, FAR, distance(11, 50)));

        assertEquals(HopCode.CUSTODY, back.code());
        assertEquals(1, next.acceptAll().size());
    }

    @Test
    void an_exhausted_hop_limit_is_refused() {
        Bench bench = new Bench();
        gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        Data data = Peer.message(previous.id, 1, 0, FAR, distance(10, 10_000));

        HopResult result = previous.data(1, data.forwarded(data.descent(), null, 0, 20, 0));

        assertEquals(HopCode.HOP_LIMIT, result.code());
    }

    @Test
    void a_full_queue_asks_for_a_pause() {
        Bench bench = new Bench();
        gatewayPeer(bench, 1, 10, 100);
        Peer previous = new Peer(bench, 2).join();
        for (int i = 1; i <= 32; i++) {
            assertEquals(
                    HopCode.CUSTODY,
                    previous.data(i, Peer.message(new NodeId(100 + i), i, 0, FAR, distance(10, 10_000)))
                            .code());
        }

        HopResult result = previous.data(33, Peer.message(new NodeId(133), 33, 0, FAR, distance(10, 10_000)));

        assertEquals(HopCode.FULL, result.code());
        assertTrue(result.retryMs() > 0);
    }

    @Test
    void an_unanswered_message_is_repeated_with_backoff_and_then_the_link_is_suspected() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        send(bench, 60_000);
        assertEquals(1, exchangesTo(bench, next));

        bench.runTo(8_000);

        assertTrue(exchangesTo(bench, next) >= 4 + 1, "four sends and a probe");
        assertFalse(bench.router.snapshot(8_000).neighbors().get(0).state() == NeighborState.TWO_WAY);
        assertNull(bench.router.routes().get(FAR).nextHop());
        assertTrue(bench.drops.isEmpty());
        assertTrue(bench.router.routes().get(FAR).isFeasible(new Seq(1, 10), 100, RuleSwitches.ALL_ON));
        assertEquals(2, bench.router.snapshot(8_000).queued(), "the message and this node's IDENT");
    }

    @Test
    void a_recovered_link_takes_the_waiting_message() {
        Bench bench = new Bench();
        Peer next = gatewayPeer(bench, 1, 10, 100);
        send(bench, 60_000);
        bench.runTo(11_000); // nor is the probe answered
        bench.sent.clear();

        next.hello(Peer.entry(FAR, 10, 100));
        next.acceptAll(); // the probe
        List<Data> taken = new ArrayList<>(next.acceptAll());
        taken.addAll(next.acceptAll()); // the window had shrunk to one

        assertEquals(2, taken.size(), "the message and this node's IDENT");
        assertEquals(0, bench.router.snapshot(11_000).queued());
    }

    @Test
    void two_unanswered_sends_move_the_message_to_the_alternate() {
        Bench bench = new Bench();
        gatewayPeer(bench, 1, 10, 100);
        Peer other = new Peer(bench, 2).join();
        other.hello(Peer.entry(FAR, 10, 110));
        send(bench, 60_000);

        bench.runTo(2_000);

        assertTrue(other.acceptAll().stream().anyMatch(data -> data.payloadType() == PayloadType.READINGS));
    }

    @Test
    void an_own_message_that_waits_too_long_is_dropped() {
        Bench bench = new Bench();
        send(bench, 5_000);

        bench.runTo(7_000);

        assertEquals(List.of(DropReason.TOO_OLD), bench.drops);
    }

    @Test
    void u7_a_new_boot_ends_every_route_over_the_old_one() {
        Bench bench = new Bench();
        gatewayPeer(bench, 1, 10, 100);
        assertNotNull(bench.router.routes().get(FAR).nextHop());

        new Peer(bench, 1, 2).join();

        assertNull(bench.router.routes().get(FAR).nextHop());
    }

    @Test
    void u7_a_frame_for_my_former_self_is_refused_as_unknown() {
        Bench former = new Bench();
        Peer peer = new Peer(former, 1).join();
        Bench present = new Bench();
        ByteBuffer frame =
                peer.seal(FrameForm.UNICAST, 9, io.thicket.routing.wire.FrameCodec.encode(List.of(new Probe(1))));
        frame.put(frame.position() + 14, (byte) (frame.get(frame.position() + 14) ^ 1)); // another receiver's tag

        present.router.onFrame(0, Peer.LINK, peer.address, frame, 9, present);

        assertEquals(List.of(HopCode.UNKNOWN_SESSION), present.replyCodes);
    }

    @Test
    void a_stall_drops_routes_and_keeps_distances() {
        Bench bench = new Bench();
        gatewayPeer(bench, 1, 10, 100);
        FeasibilityDistance before = bench.router.routes().get(FAR).feasibility();
        bench.runTo(3_000);

        bench.now = 60_000;
        bench.router.onDeadline(60_000, bench);

        assertNull(bench.router.routes().get(FAR).nextHop());
        assertEquals(before, bench.router.routes().get(FAR).feasibility());
        assertTrue(bench.alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.STALLED));
    }

    /** Swarm, seed 2449: an agent serves its deadlines first and reads what waited in its socket after that. */
    @Test
    void what_waited_during_a_stall_is_not_heard_after_the_deadline_either() {
        Bench bench = new Bench();
        Peer peer = gatewayPeer(bench, 1, 10, 100);
        bench.runTo(3_000);
        bench.now = 60_000;
        bench.router.onDeadline(60_000, bench);

        peer.hello(Peer.entry(FAR, 11, 50)); // sent a minute ago, for all this node knows
        assertNull(bench.router.routes().get(FAR).nextHop());

        bench.runTo(61_000);
        peer.hello(Peer.entry(FAR, 12, 50));
        assertNotNull(bench.router.routes().get(FAR).nextHop());
    }

    @Test
    void u10_an_entry_about_myself_is_ignored() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();

        peer.hello(Peer.entry(bench.router.self(), 1_000, 10));

        assertNull(bench.router.routes().get(bench.router.self()));
    }

    @Test
    void a_neighbour_that_left_the_gateway_out_has_lost_it() {
        Bench bench = new Bench();
        Peer peer = gatewayPeer(bench, 1, 10, 100);

        peer.hello();

        assertNull(bench.router.routes().get(FAR).nextHop());
    }

    /** A disk that was lost makes a node use an epoch again, and a gateway would take the new messages for those of the former boot. */
    @Test
    void numbers_do_not_begin_with_the_same_one_in_each_boot() {
        Set<Long> first = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            first.add(send(new Bench(seed), 60_000));
        }

        assertEquals(20, first.size());
        assertTrue(
                first.stream().allMatch(number -> number >= 1 && number <= MessageId.FIRST_NUMBERS), first::toString);
    }

    @Test
    void a_repeated_number_keeps_its_identity_and_a_new_one_is_larger() {
        Bench bench = new Bench();
        long first = send(bench, 60_000);
        long again = bench.router.send(
                0,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                first,
                1,
                payload(),
                bench);
        long second = send(bench, 60_000);

        assertEquals(first, again);
        assertEquals(first + 1, second);
        assertEquals(2, bench.router.snapshot(0).queued());
    }

    @Test
    void a_payload_beyond_the_mtu_is_refused() {
        Bench bench = new Bench();
        int max = bench.router.maxPayloadBytes(Destination.GATEWAY);

        long result = bench.router.send(
                0,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                1_000,
                true,
                0,
                0,
                ByteBuffer.allocate(max + 1),
                bench);

        assertTrue(max > 900, "room for " + max);
        assertEquals(MeshRouter.Refusal.TOO_LARGE, result);
    }

    /** A neighbour that leads to the gateway FAR. */
    private static Peer gatewayPeer(Bench bench, int number, long count, long metric) {
        Peer peer = new Peer(bench, number).join();
        peer.hello(Peer.entry(FAR, count, metric));
        bench.sent.clear();
        return peer;
    }

    private static long send(Bench bench, long maxAgeMs) {
        return bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                maxAgeMs,
                true,
                0,
                0,
                payload(),
                bench);
    }

    private static ByteBuffer payload() {
        return ByteBuffer.wrap(new byte[] {1, 2, 3});
    }

    private static long exchangesTo(Bench bench, Peer peer) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .count();
    }

    private static Distance distance(long count, long metric) {
        return new Distance(new Seq(1, count), metric);
    }
}
