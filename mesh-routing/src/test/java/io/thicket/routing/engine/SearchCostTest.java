package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** 2.5: what a search costs the others, and that its answer is taken. */
class SearchCostTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final NodeId ORIGIN = new NodeId(0x5678);

    private final Bench bench = new Bench();

    @Nested
    class Answers {
        @Test
        void the_seq_that_was_asked_for_replaces_an_older_and_much_nearer_route_at_once() {
            Peer asker = new Peer(bench, 1).join();
            Peer near = new Peer(bench, 2).join();
            Peer far = new Peer(bench, 3).join();
            advertise(near, FAR, new Seq(1, 5), 100, 2);
            Rreq request = request(1, new Seq(1, 6), false, false);
            asker.broadcast(request);

            far.unicast(reply(request, new Seq(1, 6), 10_000));

            assertEquals(far.id, nextHop());
        }

        @Test
        void where_the_older_route_would_have_done_it_stays_while_it_settles() {
            Peer asker = new Peer(bench, 1).join();
            Peer near = new Peer(bench, 2).join();
            Peer far = new Peer(bench, 3).join();
            advertise(near, FAR, new Seq(1, 5), 100, 2);
            Rreq request = request(1, new Seq(1, 5), false, false);
            asker.broadcast(request);

            far.unicast(reply(request, new Seq(1, 6), 10_000));

            assertEquals(near.id, nextHop());
        }
    }

    /** 2.5: a gateway's tree moves in peace, also when somebody asked for a newer Seq of it. */
    @Nested
    class Gateways {
        @Test
        void an_answer_about_a_gateway_replaces_nothing_at_once() {
            Peer asker = new Peer(bench, 1).join();
            Peer near = new Peer(bench, 2).join();
            Peer far = new Peer(bench, 3).join();
            near.hello(Peer.entry(FAR, 5, 100));
            assertEquals(near.id, nextHop());
            Rreq request = request(1, new Seq(1, 6), false, false);
            asker.broadcast(request);

            far.unicast(reply(request, new Seq(1, 6), 10_000));

            assertEquals(near.id, nextHop());
        }
    }

    /** 2.5: the way that is only infeasible is asked first, unless it may be gone. */
    @Nested
    class Directed {
        @Test
        void one_that_moves_and_was_heard_within_its_interval_is_asked() {
            assertEquals(1, directedAfter(2_000, 1_000));
        }

        @Test
        void one_that_moves_and_was_not_heard_for_an_interval_is_not() {
            assertEquals(0, directedAfter(2_000, 2_001));
        }

        @Test
        void one_that_does_not_move_is() {
            assertEquals(1, directedAfter(60_000, 2_001));
        }

        /** RREQs to the infeasible way, which is silent for so long before the search. */
        private int directedAfter(long intervalMs, long silentMs) {
            Peer near = new Peer(bench, 2).join();
            Peer far = new Peer(bench, 3).every(intervalMs).join();
            for (int i = 0; i < 4; i++) {
                far.hello();
                bench.runTo(bench.now + 2_000);
            }
            advertise(near, FAR, new Seq(1, 5), 100, 2);
            far.hello();
            advertise(far, FAR, new Seq(1, 5), 10_000, 2);
            assertEquals(near.id, nextHop());
            bench.router.onLinkFailure(bench.now, Peer.LINK, near.address, bench);
            bench.runTo(8_000 + silentMs);
            bench.sent.clear();
            send(FAR);
            bench.runTo(bench.now + 80); // the neighbours are asked for 65 ms
            return sent(far, far.address, Rreq.class);
        }
    }

    @Nested
    class AlongRoutes {
        private final Peer from = new Peer(bench, 1).join();
        private final Peer next = new Peer(bench, 2).join();

        AlongRoutes() {
            new Peer(bench, 3).join();
        }

        @Test
        void a_flooded_request_goes_along_a_route_that_was_used_within_two_seconds() {
            use();
            bench.runTo(2_000);
            from.broadcast(request(1, new Seq(0, 0), true, false));

            assertEquals(1, sent(next, next.address, Rreq.class));
            bench.runTo(2_100);
            assertEquals(0, sent(from, LinkAddress.ALL, Rreq.class));
        }

        @Test
        void one_that_was_used_before_that_is_no_better_than_any_other_way() {
            use();
            bench.runTo(2_001);
            from.broadcast(request(1, new Seq(0, 0), true, false));

            assertEquals(0, sent(next, next.address, Rreq.class));
            bench.runTo(2_101);
            assertEquals(1, sent(from, LinkAddress.ALL, Rreq.class));
        }

        @Test
        void nor_is_one_whose_next_hop_moves_and_was_not_heard_for_an_interval() {
            next.every(1_000);
            for (int i = 0; i < 9; i++) {
                next.hello();
                from.hello();
                bench.runTo(bench.now + 1_000);
            }
            next.hello();
            use();
            bench.runTo(bench.now + 1_001);
            from.broadcast(request(1, new Seq(0, 0), true, false));

            assertEquals(0, sent(next, next.address, Rreq.class));
        }

        @Test
        void a_request_that_came_along_a_route_goes_on_along_any() {
            use();
            bench.runTo(20_000);
            from.unicast(request(1, new Seq(0, 0), true, true));

            assertEquals(1, sent(next, next.address, Rreq.class));
        }

        private void use() {
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            send(FAR);
            assertEquals(1, next.acceptAll().size());
            bench.sent.clear();
        }
    }

    @Nested
    class Patience {
        @Test
        void twenty_hops_at_least() {
            new Peer(bench, 1).join();
            assertEquals(List.of(0L, 210L, 660L, 2_310L, 5_610L), requestsAtMs(12_000));
        }

        @Test
        void twice_as_far_as_three_nodes_are_known_and_two_hops() {
            Peer peer = new Peer(bench, 1).join();
            three(peer, 14); // 15 hops: 32 x 80 + 50 ms
            assertEquals(List.of(0L, 210L, 660L, 3_270L, 8_490L), requestsAtMs(12_000));
        }

        @Test
        void no_farther_than_the_ring() {
            Peer peer = new Peer(bench, 1).join();
            three(peer, 50);
            assertEquals(List.of(0L, 210L, 660L, 5_830L), requestsAtMs(12_000));
        }

        @Test
        void one_or_two_that_claim_to_be_far_make_nobody_wait() {
            Peer peer = new Peer(bench, 1).join();
            advertise(peer, new NodeId(0x97), new Seq(1, 5), 100, 63);
            advertise(peer, new NodeId(0x98), new Seq(1, 5), 100, 63);
            assertEquals(List.of(0L, 210L, 660L, 2_310L, 5_610L), requestsAtMs(12_000));
        }

        @Test
        void nor_do_as_many_as_that_among_ten_times_as_many_others() {
            Peer peer = new Peer(bench, 1).join();
            for (int i = 0; i < 47; i++) {
                advertise(peer, new NodeId(0x1000 + i), new Seq(1, 5), 100, 4);
                if (i % 5 == 4) {
                    bench.runTo(bench.now + 1_000); // TELLs have a rate
                }
            }
            three(peer, 63);
            bench.runTo(bench.now + 1_000);
            long startMs = bench.now;
            assertEquals(
                    List.of(0L, 210L, 660L, 2_310L, 5_610L),
                    requestsAtMs(startMs + 12_000).stream()
                            .map(ms -> ms - startMs)
                            .toList());
        }

        private void three(Peer peer, int hops) {
            for (int i = 0; i < 3; i++) {
                advertise(peer, new NodeId(0x97 + i), new Seq(1, 5), 100, hops);
            }
        }

        private List<Long> requestsAtMs(long untilMs) {
            bench.sent.clear();
            send(FAR);
            List<Long> all = new ArrayList<>();
            Peer listener = new Peer(bench, 9);
            while (bench.now <= untilMs) {
                for (int i = 0; i < sent(listener, LinkAddress.ALL, Rreq.class); i++) {
                    all.add(bench.now);
                }
                bench.sent.clear();
                bench.runTo(bench.now + 1);
            }
            return all;
        }
    }

    @Nested
    class Idents {
        private final Peer peer = new Peer(bench, 1).join();

        @Test
        void the_key_is_beside_a_request_once_in_thirty_seconds_unless_the_ring_grew() {
            bench.sent.clear();
            send(FAR);
            bench.runTo(13_000);
            assertEquals(List.of(true, true, true, false, false), withIdent());

            send(new NodeId(0x99));
            bench.runTo(29_000);
            assertEquals(List.of(false, false, false, false, false), withIdent());

            bench.runTo(30_000);
            send(new NodeId(0x9a));
            bench.runTo(30_300);
            assertEquals(List.of(true, true), withIdent(), "and its rings grow anew");
        }

        /** Of each flooded request since the last look, whether the IDENT was in its frame. */
        private List<Boolean> withIdent() {
            List<Boolean> all = new ArrayList<>();
            for (Bench.Sent frame : bench.sent) {
                if (frame.to().equals(LinkAddress.ALL)) {
                    List<MeshMessage> messages = peer.open(frame.frame(), frame.exchange());
                    if (messages.stream().anyMatch(Rreq.class::isInstance)) {
                        all.add(messages.stream().anyMatch(Ident.class::isInstance));
                    }
                }
            }
            bench.sent.clear();
            return all;
        }
    }

    private NodeId nextHop() {
        NextHop hop = bench.router.routes().get(FAR).nextHop();
        assertNotNull(hop);
        return hop.id();
    }

    private void send(NodeId to) {
        long number = bench.router.send(
                bench.now,
                Destination.node(to),
                PayloadType.COAP,
                Priority.NORMAL,
                60_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        assertTrue(number > 0, "refused: " + number);
    }

    /** Frames to {@code to} with a message of this type. */
    private int sent(Peer listener, LinkAddress to, Class<? extends MeshMessage> type) {
        int count = 0;
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(to)) {
                count += listener.open(frame.frame(), frame.exchange()).stream().anyMatch(type::isInstance) ? 1 : 0;
            }
        }
        return count;
    }

    private static void advertise(Peer peer, NodeId destination, Seq seq, long metric, int hops) {
        peer.unicast(new Tell(destination, new Distance(seq, metric), hops));
    }

    private static Rreq request(long id, Seq minSeq, boolean directedOk, boolean unicast) {
        Seq seq = new Seq(1, 100 + id);
        return new Rreq(ORIGIN, seq, id, FAR, minSeq, 100, seq, 3, 9, directedOk, false, unicast, 300, null);
    }

    private static Rrep reply(Rreq request, Seq targetSeq, long metric) {
        return new Rrep(
                request.target(),
                targetSeq,
                request.origin(),
                request.rreqId(),
                300,
                metric,
                targetSeq,
                2,
                60,
                0,
                null);
    }
}
