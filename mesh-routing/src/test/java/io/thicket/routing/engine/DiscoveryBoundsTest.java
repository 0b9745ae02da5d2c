package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.security.RouteSigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bounds and exceptions of discovery that {@link DiscoveryTest} passes without: each was broken once to see these fail. */
class DiscoveryBoundsTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final NodeId ORIGIN = new NodeId(0x5678);
    private static final Seq ANY = new Seq(0, 0);

    private final Bench bench = new Bench();
    private int exchange = 100;

    /** Else an insider that answers each request at once with what is not feasible makes it ask as fast as it answers. */
    @Test
    void answers_that_can_not_be_used_make_a_search_ask_at_once_twice_at_most() {
        Peer peer = new Peer(bench, 1).join();
        bench.sent.clear();
        send(FAR);
        for (int i = 1; i <= 8; i++) {
            List<Rreq> asked = sent(peer, LinkAddress.ALL);
            peer.unicast(unusable(asked.get(asked.size() - 1), i));
            bench.runTo(bench.now + 1);
        }

        assertEquals(3, sent(peer, LinkAddress.ALL).size());
    }

    @Test
    void a_second_copy_of_a_request_that_may_go_no_farther_is_not_sent_on_either() {
        Peer one = new Peer(bench, 1).join();
        Peer two = new Peer(bench, 2).join();
        new Peer(bench, 3).join();
        bench.sent.clear();

        one.broadcast(request(9_000, 0, false));
        two.broadcast(request(100, 0, false));
        bench.runTo(300);

        assertEquals(0, sent(one, LinkAddress.ALL).size());
    }

    @Test
    void a_request_whose_audience_was_covered_is_not_sent_when_one_more_copy_comes() {
        Peer one = new Peer(bench, 1).join();
        Peer two = new Peer(bench, 2).join();
        one.hears(two);
        bench.sent.clear();
        one.broadcast(request(100, 9, false));
        bench.runTo(200);
        assertEquals(1, bench.router.counter(RoutingCounter.RREQS_CANCELLED));

        Peer three = new Peer(bench, 3).join(); // nobody reached it
        two.broadcast(request(100, 9, false));
        bench.runTo(500);

        assertEquals(0, sent(three, LinkAddress.ALL).size());
        assertEquals(1, bench.router.counter(RoutingCounter.RREQS_CANCELLED), "not even considered");
    }

    @Test
    void a_request_that_must_be_flooded_is_although_there_is_a_route() {
        Peer from = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        bench.sent.clear();

        from.broadcast(request(100, 9, false));
        bench.runTo(300);

        assertEquals(0, sent(next, next.address).size());
        assertEquals(1, sent(next, LinkAddress.ALL).size());
    }

    @Test
    void a_request_along_a_route_that_gets_no_answer_is_flooded() {
        Peer from = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        new Peer(bench, 3).join();
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        bench.sent.clear();

        from.broadcast(request(100, 9, true));
        bench.runTo(8_000);

        assertTrue(sent(next, next.address).size() >= 1);
        assertEquals(1, sent(from, LinkAddress.ALL).size());
    }

    /** D/4: an older copy may be an advert whose sender has forgotten it (U6). */
    @Test
    void a_copy_that_waited_too_long_for_its_neighbour_counts_no_more() {
        Peer from = new Peer(bench, 1).join();
        new Peer(bench, 2).join();
        from.forgets();
        from.forgets();
        bench.runTo(8_000); // the first probe was in vain
        bench.sent.clear();
        from.broadcast(request(100, 9, false));

        bench.runTo(bench.now + 2_600);
        from.replyAll(HopResult.of(HopCode.CUSTODY));

        assertTrue(bench.router.snapshot(bench.now).neighbors().stream()
                .allMatch(neighbor -> neighbor.state() == NeighborState.TWO_WAY));
        assertNull(bench.router.routes().get(ORIGIN));
    }

    @Test
    void a_node_that_is_no_relay_sends_nothing_along_a_route_of_its_own() {
        Bench leaf = new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON, Set.of());
        Peer from = new Peer(leaf, 1).join();
        Peer next = new Peer(leaf, 2).join();
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        leaf.sent.clear();

        HopCode code = from.unicast(request(100, 9, true));

        assertEquals(HopCode.NO_ROUTE, code);
        assertEquals(0, sent(leaf, next, next.address).size());
    }

    @Test
    void a_node_that_is_no_relay_floods_no_second_copy_either() {
        Bench leaf = new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON, Set.of());
        Peer one = new Peer(leaf, 1).join();
        Peer two = new Peer(leaf, 2).join();
        new Peer(leaf, 3).join();
        leaf.sent.clear();

        one.broadcast(request(9_000, 9, false));
        two.broadcast(request(100, 9, false));
        leaf.runTo(300);

        assertEquals(0, sent(leaf, one, LinkAddress.ALL).size());
    }

    /** A route that leads back to where the request came from is no way for it. */
    @Test
    void a_request_does_not_go_back_along_a_route() {
        Peer from = new Peer(bench, 1).join();
        new Peer(bench, 2).join();
        from.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        bench.sent.clear();

        from.broadcast(request(100, 9, true));
        bench.runTo(100);

        assertEquals(0, sent(from, from.address).size());
        assertEquals(1, sent(from, LinkAddress.ALL).size());
    }

    @Test
    void a_request_does_not_go_along_a_route_over_its_originator() {
        Peer from = new Peer(bench, 1).join();
        Peer origin = new Peer(bench, 2).join();
        new Peer(bench, 3).join();
        origin.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        bench.sent.clear();

        Seq seq = new Seq(1, 101);
        from.broadcast(new Rreq(origin.id, seq, 1, FAR, ANY, 100, seq, 3, 9, true, false, false, 300, null));
        bench.runTo(100);

        assertEquals(0, sent(origin, origin.address).size());
        assertEquals(1, sent(origin, LinkAddress.ALL).size());
    }

    /** What relays may not change makes it another request, and its number is taken. */
    @Test
    void a_changed_request_under_a_known_number_teaches_nothing() {
        Peer one = new Peer(bench, 1).join();
        Peer two = new Peer(bench, 2).join();
        one.broadcast(request(9_000, 9, false));

        Seq seq = new Seq(1, 101);
        NodeId other = new NodeId(0x99);
        two.broadcast(new Rreq(ORIGIN, seq, 1, other, ANY, 1, seq, 3, 9, false, false, false, 300, null));

        assertEquals(one.id, bench.router.routes().get(ORIGIN).nextHop().id());
        assertEquals(9_050, bench.router.routes().get(ORIGIN).metric());
    }

    @Test
    void a_reply_to_a_request_that_its_originator_had_no_rate_for_teaches_nothing() {
        Peer from = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        Seq seq = new Seq(1, 101);
        for (int id = 1; id <= 6; id++) { // five at once, and unproven ones cost four
            from.broadcast(new Rreq(ORIGIN, seq, id, FAR, ANY, 100, seq, 3, 9, false, false, false, 300, null));
        }

        assertEquals(HopCode.NO_ROUTE, next.unicast(reply(FAR, 6, new Seq(2, 5), new Seq(2, 5))));
        assertNull(bench.router.routes().get(FAR));
        assertEquals(HopCode.CUSTODY, next.unicast(reply(FAR, 1, new Seq(2, 5), new Seq(2, 5))));
    }

    @Test
    void who_leaves_a_second_reply_unanswered_is_the_last_choice_for_two_minutes() {
        Peer best = new Peer(bench, 1).join();
        Peer second = new Peer(bench, 2).join();
        assertTrue(isAskedFirst(best, second, 1));
        serve(best, second, 70_000);
        assertTrue(isAskedFirst(best, second, 2), "after a minute it may try again");
        serve(best, second, 135_000);
        assertFalse(isAskedFirst(best, second, 3), "the second time for two");
        serve(best, second, 200_000);
        assertTrue(isAskedFirst(best, second, 4));
    }

    /** Whether the reply to a request that both brought goes to {@code best}, which does not answer. */
    private boolean isAskedFirst(Peer best, Peer second, int id) {
        bench.sent.clear();
        Seq seq = new Seq(1, 100 + id);
        for (Peer peer : List.of(best, second)) {
            long metric = peer == best ? 100 : 500;
            peer.broadcast(new Rreq(
                    ORIGIN, seq, id, bench.router.self(), ANY, metric, seq, 3, 9, false, false, false, 300, null));
        }
        bench.runTo(bench.now + 60);
        boolean first = bench.sent.stream()
                .anyMatch(frame -> frame.to().equals(best.address)
                        && best.open(frame.frame(), frame.exchange()).stream().anyMatch(Rrep.class::isInstance));
        for (int i = 0; i < 40; i++) {
            bench.runTo(bench.now + 50);
            second.acceptAll();
        }
        return first;
    }

    /** Both say HELLO and answer probes, and {@code second} whatever else there is. */
    private void serve(Peer best, Peer second, long untilMs) {
        while (bench.now < untilMs) {
            best.hello();
            second.hello();
            bench.runTo(Math.min(untilMs, bench.now + 5_000));
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                if (frame.to().equals(best.address)
                        && best.open(frame.frame(), frame.exchange()).stream().anyMatch(Probe.class::isInstance)) {
                    best.reply(frame.exchange(), HopResult.of(HopCode.CUSTODY));
                }
            }
            second.acceptAll();
        }
    }

    @Test
    void a_reply_about_another_node_than_was_asked_for_teaches_nothing() {
        Peer from = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        from.broadcast(request(100, 9, false));
        NodeId other = new NodeId(0x99);

        assertEquals(HopCode.NO_ROUTE, next.unicast(reply(other, 1, new Seq(2, 5), new Seq(2, 5))));

        assertNull(bench.router.routes().get(other));
    }

    @Test
    void a_reply_whose_relay_is_far_ahead_of_what_the_target_signed_is_not_believed() {
        NodeId target = NodeId.ofPublicKey(TestKeys.signer(7).publicKey());
        Ident ident = IdentSigning.sign(TestKeys.signer(7), "target", Set.of(), 2);
        Peer from = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        Seq seq = new Seq(1, 101);
        from.broadcast(new Rreq(ORIGIN, seq, 1, target, ANY, 100, seq, 3, 9, false, false, false, 300, null));
        Rrep far = RouteSigning.sign(TestKeys.signer(7), reply(target, 1, new Seq(2, 5), new Seq(2, 70)));

        next.send(FrameForm.UNICAST, 5, List.of(far, ident));

        assertNull(bench.router.routes().get(target));
    }

    /** Else a few insiders keep a small node busy with signatures. */
    @Test
    void a_hundred_signatures_a_second_are_verified_and_no_more() {
        Peer[] peers = {new Peer(bench, 1).join(), new Peer(bench, 2).join(), new Peer(bench, 3).join()};
        Ident ident = IdentSigning.sign(TestKeys.signer(1), "one", Set.of(), 1);
        peers[0].broadcast(ident);
        int id = 0;
        for (Peer peer : peers) {
            for (int i = 0; i < 50; i++) {
                Seq seq = new Seq(1, 101);
                peer.broadcast(new Rreq(
                        peers[0].id,
                        seq,
                        ++id,
                        FAR,
                        ANY,
                        100,
                        seq,
                        3,
                        9,
                        false,
                        false,
                        false,
                        300,
                        Bytes.copyOf(new byte[64])));
            }
        }

        assertEquals(100, bench.router.counter(RoutingCounter.DROPPED_BAD_SIGNATURE));
    }

    @Test
    void a_lost_route_is_told_to_its_one_user_alone_and_to_several_at_once() {
        Peer[] users = {new Peer(bench, 1).join(), new Peer(bench, 2).join()};
        Peer next = new Peer(bench, 3).join();
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        use(users[0], next);
        lose(next, 5);
        assertEquals(List.of(users[0].address), errors(users[0]));

        next.unicast(new Tell(FAR, new Distance(new Seq(1, 6), 100), 2));
        use(users[0], next);
        use(users[1], next);
        lose(next, 6);
        assertEquals(List.of(LinkAddress.ALL), errors(users[0]));
    }

    @Test
    void a_route_that_was_found_again_at_once_was_not_lost() {
        Peer user = new Peer(bench, 1).join();
        Peer next = new Peer(bench, 2).join();
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
        use(user, next);
        bench.sent.clear();

        next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 5), Rerr.Reason.LINK))));
        next.unicast(new Tell(FAR, new Distance(new Seq(1, 6), 100), 2));
        bench.runTo(bench.now + 100);

        assertEquals(List.of(), errors(user));
    }

    private void use(Peer user, Peer next) {
        user.data(++exchange, Peer.message(user.id, exchange, 0, FAR, new Distance(new Seq(1, 5), 10_000)));
        next.acceptAll();
    }

    private void lose(Peer next, long count) {
        bench.sent.clear();
        next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, count), Rerr.Reason.LINK))));
        bench.runTo(bench.now + 100);
    }

    /** Where the RERRs went. */
    private List<LinkAddress> errors(Peer listener) {
        List<LinkAddress> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(LinkAddress.ALL) || frame.to().equals(listener.address)) {
                for (MeshMessage message : listener.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Rerr) {
                        all.add(frame.to());
                    }
                }
            }
        }
        return all;
    }

    private static Rrep reply(NodeId target, long id, Seq targetSeq, Seq routeSeq) {
        return new Rrep(target, targetSeq, ORIGIN, id, 300, 100, routeSeq, 2, 60, 0, null);
    }

    private void send(NodeId to) {
        bench.router.send(
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
    }

    private static Rrep unusable(Rreq request, int count) {
        Seq seq = new Seq(3, count);
        return new Rrep(
                request.target(),
                seq,
                request.origin(),
                request.rreqId(),
                300,
                WireLimits.MAX_U32,
                seq,
                2,
                60,
                0,
                null);
    }

    private static Rreq request(long metric, int ttl, boolean directedOk) {
        Seq seq = new Seq(1, 101);
        return new Rreq(ORIGIN, seq, 1, FAR, ANY, metric, seq, 3, ttl, directedOk, false, false, 300, null);
    }

    private List<Rreq> sent(Peer listener, LinkAddress to) {
        return sent(bench, listener, to);
    }

    private static List<Rreq> sent(Bench bench, Peer listener, LinkAddress to) {
        List<Rreq> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(to)) {
                for (MeshMessage message : listener.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Rreq rreq) {
                        all.add(rreq);
                    }
                }
            }
        }
        return all;
    }
}
