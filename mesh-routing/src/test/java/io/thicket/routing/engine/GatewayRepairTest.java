package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A way to a gateway broke and the neighbours' ways are infeasible: one of them carries a request. Seed 5 of the killed grid had a node
 * whose two nearest neighbours died at once: it asked the dead one, and the third only 6 s later.
 */
class GatewayRepairTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);
    private static final NodeId NEAREST = new NodeId(0x2345);
    private static final NodeId NEXT = new NodeId(0x3456);

    private final Bench bench = new Bench();
    private final Peer way = new Peer(bench, 1).join();
    private final Peer second = new Peer(bench, 2).join();
    private final Peer third = new Peer(bench, 3).join();

    /** What the first neighbour passes on. */
    private List<GatewayEntry> nearer = List.of();

    /** What the third one says. */
    private List<GatewayEntry> farther = List.of();

    /** To requests. */
    private HopCode answer = HopCode.CUSTODY;

    /** The first neighbour is gone; those of the others that answer their probes are there. */
    private void lose() {
        way.hello(Peer.entry(GATEWAY, 10, 100));
        second.hello(Peer.entry(GATEWAY, 10, 900));
        third.hello(Peer.entry(GATEWAY, 10, 1_000));
        bench.runTo(2_000);
        bench.sent.clear();
        way.hello(); // it has lost the gateway, too
    }

    @Test
    void the_next_neighbour_is_asked_at_once_if_one_is_silent() {
        lose();

        List<Long> toSecond = new ArrayList<>();
        List<Long> toThird = new ArrayList<>();
        for (long ms = bench.now; ms < 10_000; ms += 20) {
            bench.runTo(ms);
            note(toSecond, second);
            note(toThird, third);
            bench.sent.clear();
        }

        assertTrue(!toSecond.isEmpty(), "the better one first");
        assertTrue(!toThird.isEmpty(), "and then the other");
        long afterMs = toThird.get(0) - toSecond.get(0);
        assertTrue(afterMs > 0 && afterMs <= 2_000, afterMs + " ms later");
    }

    @Test
    void neighbours_that_refuse_are_asked_ever_more_rarely() {
        lose();

        int asked = 0;
        for (long ms = bench.now; ms < 120_000; ms += 20) {
            if (ms % 20_000 == 0) {
                second.hello(Peer.entry(GATEWAY, 10, 900));
                third.hello(Peer.entry(GATEWAY, 10, 1_000));
            }
            bench.runTo(ms);
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                for (Peer peer : List.of(second, third)) {
                    if (frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                        boolean request = holds(peer, frame);
                        asked += request ? 1 : 0;
                        peer.reply(frame.exchange(), HopResult.of(request ? HopCode.FULL : HopCode.CUSTODY));
                    }
                }
            }
            bench.sent.clear();
        }

        assertTrue(asked >= 5 && asked <= 12, "requests in two minutes: " + asked);
    }

    /** The one that refused is left out only while there is another way. */
    @Test
    void the_last_way_left_is_asked_again_though_it_refused() {
        lose();

        int asked = 0;
        int refusals = 0;
        for (long ms = bench.now; ms < 60_000; ms += 20) {
            if (ms % 20_000 == 0) {
                second.hello(Peer.entry(GATEWAY, 10, 900));
            }
            bench.runTo(ms);
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                if (frame.to().equals(second.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                    boolean request = holds(second, frame);
                    second.reply(frame.exchange(), HopResult.of(request ? HopCode.FULL : HopCode.CUSTODY));
                    asked += request ? 1 : 0;
                    if (request && refusals++ == 0) {
                        third.hello(); // it has lost its way before it could be asked
                    }
                }
            }
            bench.sent.clear();
        }

        assertTrue(asked >= 3, "requests in a minute: " + asked);
    }

    /** Its neighbours pass on the nearest two, so the way to a third one ends by itself, and a stored advert is always infeasible. */
    @Test
    void a_way_longer_than_those_to_two_other_gateways_is_not_asked_for() {
        nearerGateways(100, 200);

        assertEquals(0, requestsUntil(600_000));
    }

    @Test
    void a_way_shorter_than_that_to_the_second_gateway_is_asked_for() {
        nearerGateways(100, 1_000);

        assertTrue(requestsUntil(400_000) > 0);
    }

    @Test
    void a_way_is_asked_for_once_one_of_the_nearer_gateways_is_lost() {
        nearerGateways(100, 200);
        assertEquals(0, requestsUntil(400_000));

        nearer = List.of(Peer.entry(NEAREST, 10, 100));

        assertTrue(requestsUntil(430_000) > 0);
    }

    /** Another neighbour leads there, too, but from farther away than the second gateway: no way to try instead. */
    @Test
    void a_refusal_is_no_reason_to_hurry_where_the_other_way_is_of_no_use() {
        nearerGateways(100, 700);
        farther = List.of(Peer.entry(GATEWAY, 10, 900));
        answer = HopCode.FULL;

        int asked = requestsUntil(900_000);

        assertTrue(asked > 5 && asked <= 20, "requests in ten minutes: " + asked);
    }

    /** One that may not be pinned anew. */
    @Test
    void a_way_that_a_message_waits_for_is_asked_for() {
        nearerGateways(100, 200);
        assertEquals(0, requestsUntil(30_000));
        assertEquals(HopCode.CUSTODY, third.data(77, pinnedForGood()).code());

        way.replyAll(HopResult.of(HopCode.NO_ROUTE));

        assertTrue(requestsUntil(40_000) > 0);
    }

    /** A link that loses large frames only answers every probe and is never given up: its metric is all that tells. */
    @Test
    void a_way_that_is_much_worse_than_an_infeasible_one_is_asked_for_when_that_has_lasted() {
        worsen(10, 5_000);

        assertEquals(0, requestsUntil(29_000));
        assertTrue(requestsUntil(40_000) > 0);
    }

    @Test
    void a_way_that_costs_less_than_twice_as_much_as_an_infeasible_one_is_not_asked_for() {
        worsen(10, 1_200);

        assertEquals(0, requestsUntil(100_000));
    }

    /** The others will have the newer Seq soon. */
    @Test
    void a_better_way_of_an_older_seq_is_not_asked_for() {
        worsen(11, 5_000);

        assertEquals(0, requestsUntil(100_000));
    }

    @Test
    void a_jump_that_ended_is_forgotten() {
        worsen(10, 5_000);
        assertEquals(0, requestsUntil(25_000));
        way.hello(Peer.entry(GATEWAY, 10, 400));

        assertEquals(0, requestsUntil(49_000), "the next one begins at 40 s");
        assertTrue(requestsUntil(60_000) > 0);
    }

    @Test
    void a_worse_way_that_is_lost_is_asked_for_at_once() {
        worsen(10, 5_000);
        assertEquals(0, requestsUntil(22_000));

        way.hello();

        assertTrue(requestsUntil(24_000) > 0);
    }

    @Test
    void a_worse_way_is_asked_for_ever_more_rarely() {
        worsen(10, 5_000);
        answer = HopCode.FULL;

        int asked = requestsUntil(200_000);

        assertTrue(asked >= 3 && asked <= 6, "requests in three minutes: " + asked);
    }

    /** From its second HELLO on the first neighbour says this of the gateway; the second one's way, 600, is infeasible. */
    private void worsen(long count, long metric) {
        way.hello(Peer.entry(GATEWAY, 10, 400));
        nearer = List.of(Peer.entry(GATEWAY, count, metric));
    }

    private static Data pinnedForGood() {
        return new Data(
                new MessageId(new NodeId(0x77), 1, 1),
                Destination.GATEWAY,
                GATEWAY,
                new Distance(new Seq(1, 10), 2_000),
                20,
                0,
                0,
                GatewayPins.MAX_REPINS,
                true,
                false,
                null,
                0,
                PayloadType.READINGS,
                Bytes.copyOf((byte) 1));
    }

    /** The first neighbour led to the gateway until two others came nearer; the second one still does, but from farther away. */
    private void nearerGateways(long nearestMetric, long nextMetric) {
        way.hello(Peer.entry(GATEWAY, 10, 400));
        nearer = List.of(Peer.entry(NEAREST, 10, nearestMetric), Peer.entry(NEXT, 10, nextMetric));
    }

    /** Requests for the gateway; all that is sent is answered, and each neighbour says the same in each HELLO. */
    private int requestsUntil(long untilMs) {
        int requests = 0;
        for (long ms = bench.now + 20; ms <= untilMs; ms += 20) {
            if (ms % 20_000 == 0) {
                way.hello(nearer.toArray(GatewayEntry[]::new));
                second.hello(Peer.entry(GATEWAY, 10, 600));
                third.hello(farther.toArray(GatewayEntry[]::new));
            }
            bench.runTo(ms);
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                for (Peer peer : List.of(way, second, third)) {
                    if (frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                        boolean request = holds(peer, frame);
                        requests += request ? 1 : 0;
                        peer.reply(frame.exchange(), HopResult.of(request ? answer : HopCode.CUSTODY));
                    }
                }
            }
            bench.sent.clear();
        }
        return requests;
    }

    private void note(List<Long> times, Peer peer) {
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(peer.address) && holds(peer, frame)) {
                times.add(bench.now);
            }
        }
    }

    private static boolean holds(Peer peer, Bench.Sent frame) {
        for (MeshMessage message : peer.open(frame.frame(), frame.exchange())) {
            if (message instanceof Rreq rreq) {
                assertEquals(GATEWAY, rreq.target());
                assertTrue(!frame.to().equals(LinkAddress.ALL));
                return true;
            }
        }
        return false;
    }
}
