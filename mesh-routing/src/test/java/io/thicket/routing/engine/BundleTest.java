package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several messages in one frame: what shares one, and what becomes of each of them. */
class BundleTest {
    private static final NodeId LEFT = new NodeId(0x11);
    private static final NodeId RIGHT = new NodeId(0x22);
    private static final NodeId GATEWAY = new NodeId(0x33);

    @Test
    void what_waited_for_the_window_shares_a_frame_whatever_its_target() {
        Bench bench = new Bench();
        Peer next = wayTo(bench, 1, LEFT, RIGHT);
        Peer previous = new Peer(bench, 9).join();
        bench.sent.clear();
        for (int i = 1; i <= 8; i++) {
            previous.data(i, Peer.message(previous.id, i, 0, i % 2 == 0 ? LEFT : RIGHT, far()));
        }
        assertEquals(2, exchangesTo(bench, next).size(), "the first window");

        next.acceptAll();
        List<List<MeshMessage>> frames = opened(bench, next);

        assertEquals(1, frames.size());
        assertEquals(6, frames.get(0).size());
    }

    @Test
    void acks_of_many_origins_travel_together_and_part_where_their_ways_do() {
        Bench bench = new Bench();
        Peer left = wayTo(bench, 1, LEFT);
        Peer right = wayTo(bench, 2, RIGHT);
        Peer gateway = new Peer(bench, 3).join();
        bench.sent.clear();

        List<HopResult> results = results(gateway, 5, ack(LEFT, 1), ack(RIGHT, 7), ack(LEFT, 100), ack(GATEWAY, 1));

        assertEquals(
                List.of(HopCode.CUSTODY, HopCode.CUSTODY, HopCode.CUSTODY, HopCode.NO_ROUTE),
                results.stream().map(HopResult::code).toList());
        assertEquals(2, opened(bench, left).get(0).size());
        assertEquals(1, opened(bench, right).get(0).size());
    }

    @Test
    void each_message_of_a_frame_has_its_own_result() {
        Bench bench = new Bench();
        Peer next = wayTo(bench, 1, LEFT, RIGHT);
        Peer gateway = new Peer(bench, 3).join();
        bench.sent.clear();
        results(gateway, 5, ack(LEFT, 1), ack(RIGHT, 7), ack(LEFT, 100));
        int exchange = exchangesTo(bench, next).get(0).exchange();
        bench.sent.clear();

        next.reply(
                exchange,
                HopResult.of(HopCode.CUSTODY),
                new HopResult(HopCode.FULL, null, 400, 0),
                HopResult.of(HopCode.CUSTODY));
        assertEquals(1, bench.router.snapshot(0).queued());
        bench.runTo(1_000);

        List<List<MeshMessage>> again = opened(bench, next);
        assertEquals(1, again.get(0).size());
        assertTrue(again.get(0).get(0) instanceof E2eAck ack && ack.base() == 100, "the second in the frame");
    }

    @Test
    void one_refusal_alone_is_for_the_whole_frame_and_a_missing_result_is_none() {
        Bench bench = new Bench();
        Peer next = wayTo(bench, 1, LEFT);
        Peer gateway = new Peer(bench, 3).join();
        bench.sent.clear();
        results(gateway, 5, ack(LEFT, 1), ack(LEFT, 100));

        next.reply(exchangesTo(bench, next).get(0).exchange(), HopResult.of(HopCode.UNKNOWN_SESSION));
        assertEquals(2, bench.router.snapshot(0).queued());
        bench.runTo(800);
        int last = exchangesTo(bench, next).size() - 1;
        next.reply(exchangesTo(bench, next).get(last).exchange(), HopResult.of(HopCode.CUSTODY));

        assertEquals(1, bench.router.snapshot(0).queued());
    }

    @Test
    void a_repeated_frame_is_granted_again_and_nothing_goes_twice() {
        Bench bench = new Bench();
        Peer next = wayTo(bench, 1, LEFT);
        Peer gateway = new Peer(bench, 3).join();
        bench.sent.clear();
        results(gateway, 5, ack(LEFT, 1), ack(LEFT, 100));

        List<HopResult> again = results(gateway, 5, ack(LEFT, 1), ack(LEFT, 100));

        assertEquals(2, again.size());
        assertEquals(2, bench.router.snapshot(0).queued());
        assertEquals(1, opened(bench, next).size());
    }

    @Test
    void urgent_ones_leave_first_and_a_frame_never_exceeds_the_mtu() {
        Bench bench = new Bench();
        bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 400, true), bench);
        Peer next = wayTo(bench, 1, LEFT);
        Peer previous = new Peer(bench, 9).join();
        bench.sent.clear();
        for (int i = 1; i <= 8; i++) {
            previous.data(i, Peer.message(previous.id, i, 0, LEFT, far()));
        }
        previous.send(FrameForm.UNICAST, 20, List.of(ack(LEFT, 1)));

        next.acceptAll();
        List<List<MeshMessage>> frames = opened(bench, next);

        assertTrue(frames.get(0).get(0) instanceof E2eAck, frames.toString());
        assertTrue(frames.size() > 1, frames.toString());
        for (Bench.Sent frame : exchangesTo(bench, next)) {
            assertTrue(frame.frame().length <= 400, frame.frame().length + " bytes");
        }
    }

    /** As fast as the next hop takes messages for LEFT, new ones for it come. */
    @Test
    void a_queue_that_never_ends_starves_no_other_one() {
        Bench bench = new Bench();
        Peer next = wayTo(bench, 1, LEFT, RIGHT);
        Peer previous = new Peer(bench, 9).join();
        bench.sent.clear();
        int number = fill(previous, LEFT, 0);
        previous.data(++number, large(number, RIGHT));
        List<Data> taken = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            Bench.Sent frame = exchangesTo(bench, next).get(0);
            bench.sent.remove(frame);
            taken.addAll(next.accept(List.of(frame)));
            number = fill(previous, LEFT, number);
        }

        assertTrue(taken.stream().anyMatch(data -> data.destination().equals(Destination.node(RIGHT))));
    }

    private static int fill(Peer previous, NodeId target, int from) {
        int number = from;
        HopCode code = HopCode.CUSTODY;
        while (code == HopCode.CUSTODY) {
            number++;
            code = previous.data(number, large(number, target)).code();
        }
        return number;
    }

    /** A message of an origin of its own; two fill a frame. */
    private static Data large(int number, NodeId target) {
        Data small = Peer.message(new NodeId(0x7000 + number), number, 0, target, far());
        return new Data(
                small.id(),
                small.destination(),
                null,
                small.descent(),
                small.ttl(),
                0,
                0,
                0,
                true,
                false,
                null,
                0,
                small.payloadType(),
                Bytes.copyOf(new byte[300]));
    }

    /** A neighbour that leads to all of these. */
    private static Peer wayTo(Bench bench, int number, NodeId... targets) {
        Peer peer = new Peer(bench, number).join();
        for (NodeId target : targets) {
            Data data = Peer.message(target, 1_000 + number, 0, bench.router.self(), null);
            peer.data(
                    900 + (int) target.value(),
                    data.forwarded(null, new Data.Registration(new Seq(1, 10), 100, 1_200), 20, 1, 0));
        }
        return peer;
    }

    private static Distance far() {
        return new Distance(new Seq(1, 10), 10_000);
    }

    private static E2eAck ack(NodeId origin, long number) {
        return new E2eAck(origin, 1, number, 0, SettleStatus.BROKER_ACKED, GATEWAY, far(), 20);
    }

    private static List<HopResult> results(Peer from, int exchange, MeshMessage... messages) {
        int at = from.bench.replies.size();
        from.send(FrameForm.UNICAST, exchange, List.of(messages));
        List<HopResult> results = new ArrayList<>();
        for (MeshMessage message : from.openReply(from.bench.replies.get(at).frame(), exchange)) {
            results.add((HopResult) message);
        }
        return results;
    }

    private static List<Bench.Sent> exchangesTo(Bench bench, Peer peer) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .toList();
    }

    private static List<List<MeshMessage>> opened(Bench bench, Peer peer) {
        List<List<MeshMessage>> frames = new ArrayList<>();
        for (Bench.Sent frame : exchangesTo(bench, peer)) {
            frames.add(peer.open(frame.frame(), frame.exchange()));
        }
        return frames;
    }
}
