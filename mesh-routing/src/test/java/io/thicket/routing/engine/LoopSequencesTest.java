package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.check.AcyclicSuccessors;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.engine.RuleSwitches.Rule;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Section 4.2, sequences 1 to 18: the loops that AODV, its implementations and its relatives are known for. */
class LoopSequencesTest {
    private static final NodeId FAR = new NodeId(0x1234);

    /** A -> B -> C -> D; C-D breaks, the RERR is lost; C asks, E relays, A answers from its route over B. */
    @Test
    @Tag("4.2-1")
    void sequence_01_lost_rerr_with_same_seq() {
        TableNet net = new TableNet("DCBAE", RuleSwitches.ALL_ON).chain("DCBAE");
        net.refuse('C', 'D');

        net.tell('E', 'C');

        assertEquals('-', net.nextHop('C'), "a route over E would be C-E-A-B-C");
        TableNet mutant = new TableNet("DCBAE", RuleSwitches.without(Rule.U1_MEMORY)).chain("DCBAE");
        mutant.refuse('C', 'D');
        assertThrows(AssertionError.class, () -> mutant.tell('E', 'C'));
    }

    /** The same with an advert of the time before the break, overheard when the entry is BROKEN. */
    @Test
    @Tag("4.2-2")
    void sequence_02_invalid_entry_without_increment() {
        TableNet net = new TableNet("DCBAE", RuleSwitches.ALL_ON).chain("DCBAE");
        TableNet.Advert late = net.say('E');
        net.breakLink('C', 'D');
        net.refuse('B', 'C');

        net.hear('C', late);
        net.hear('B', late);

        assertEquals('-', net.nextHop('C'));
        assertEquals('-', net.nextHop('B'));
    }

    /** N holds S's number 6 over P; S's earlier request, number 5, comes late from Q, whose own way is N. */
    @Test
    @Tag("4.2-3")
    void sequence_03_old_rreq_moves_the_reverse_route() {
        Bench bench = new Bench();
        Peer target = new Peer(bench, 1).join();
        target.hello(Peer.entry(FAR, 10, 100));
        Peer p = new Peer(bench, 2).join();
        Peer q = new Peer(bench, 3).join();
        NodeId origin = new NodeId(0x5555);

        p.send(FrameForm.UNICAST, 1, List.of(rreq(origin, 6, 2, new Seq(1, 6), 500)));
        q.send(FrameForm.UNICAST, 1, List.of(rreq(origin, 5, 1, new Seq(1, 5), 100)));

        assertEquals(p.id, bench.router.routes().get(origin).nextHop().id());
        assertEquals(new Seq(1, 6), bench.router.routes().get(origin).current().seq());
    }

    /** Q, itself at number 12, relays a request of S at number 900. */
    @Test
    @Tag("4.2-4")
    void sequence_04_a_neighbour_does_not_get_the_originators_number() {
        Bench bench = new Bench();
        new Peer(bench, 1).join().hello(Peer.entry(FAR, 10, 100));
        Peer q = new Peer(bench, 2).join();
        q.send(FrameForm.UNICAST, 1, List.of(new Reg(q.id, new Distance(new Seq(1, 12), 0), List.of())));
        NodeId origin = new NodeId(0x5555);

        q.send(FrameForm.UNICAST, 2, List.of(rreq(origin, 900, 1, new Seq(1, 900), 100)));

        assertEquals(new Seq(1, 12), bench.router.routes().get(q.id).current().seq());
        assertEquals(
                new Seq(1, 900), bench.router.routes().get(origin).current().seq());
    }

    /** A route is lost and searched for in vain: what was announced of it is remembered for H all the same. */
    @Test
    @Tag("4.2-5")
    void sequence_05_a_search_that_gives_up_forgets_nothing() {
        TableNet net = new TableNet("DCBAE", RuleSwitches.ALL_ON).chain("DCBAE");
        net.breakLink('C', 'D');
        for (int minute = 0; minute < 4; minute++) {
            net.passMs(60_000);
            net.tell('D', 'B'); // B and those behind it keep their routes by a way of their own
            net.chain("BAE");
            net.tell('E', 'C');
            assertNotNull(net.entry('C').feasibility());
        }

        assertEquals('-', net.nextHop('C'));
    }

    /** N leads to T at number 10; requests demand 50 and 40: demands are no adverts. */
    @Test
    @Tag("4.2-6")
    void sequence_06_a_demanded_number_poisons_nothing() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer asking = new Peer(bench, 2).join();
        bench.sent.clear();

        asking.send(FrameForm.UNICAST, 1, List.of(demand(asking.id, 1, 50)));
        asking.send(FrameForm.UNICAST, 2, List.of(demand(asking.id, 2, 40)));

        assertEquals(new Seq(1, 10), bench.router.routes().get(FAR).current().seq());
        assertTrue(sentTo(bench, asking).stream().noneMatch(Rrep.class::isInstance), "only the target itself answers");
    }

    /** A path at number 20 runs out; a late reply offers 15 from a node that leads back here. */
    @Test
    @Tag("4.2-7")
    void sequence_07_an_expired_path_takes_no_older_number() {
        TableNet net = new TableNet("DCBAE", RuleSwitches.ALL_ON);
        for (int i = 0; i < 14; i++) {
            net.newSeq();
        }
        net.chain("DC");
        TableNet.Advert fifteen = net.say('C');
        net.hear('B', fifteen);
        TableNet.Advert late = net.say('B');
        for (int i = 0; i < 5; i++) {
            net.newSeq();
        }
        net.chain("DC");
        net.say('C');
        net.passMs(300_000);
        assertEquals('-', net.nextHop('C'));

        net.hear('C', late);

        assertEquals('-', net.nextHop('C'));
    }

    /** N stands at number 10; RERRs about 8 come late. Taking 8 for its own would let 9 in. */
    @Test
    @Tag("4.2-8")
    void sequence_08_lower_seq_in_rerr() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer other = new Peer(bench, 2).join();

        next.send(FrameForm.BROADCAST, MeshRouter.NO_EXCHANGE, List.of(rerr(8)));
        other.send(FrameForm.BROADCAST, MeshRouter.NO_EXCHANGE, List.of(rerr(10)));
        assertEquals(next.id, bench.router.routes().get(FAR).nextHop().id(), "old news, and somebody else's");

        next.send(FrameForm.BROADCAST, MeshRouter.NO_EXCHANGE, List.of(rerr(10)));
        assertNull(bench.router.routes().get(FAR).nextHop());
        other.hello(Peer.entry(FAR, 9, 1));
        assertNull(bench.router.routes().get(FAR).nextHop(), "the distance is still that of number 10");
    }

    /** Forgotten too early, a node's own old announcement comes back as a route. */
    @Test
    @Tag("4.2-9")
    void sequence_09_early_forgetting_loops_at_a_plus_d_and_not_at_h() {
        long aPlusD = TableNet.WIFI.alternateLifeMs() + TableNet.WIFI.messageLifeMs();
        TableNet early = new TableNet("DCBA", RuleSwitches.ALL_ON, List.of(new AcyclicSuccessors()));
        early.holds = RoutingParametersForTests.lives(1, aPlusD - 1, 1);

        assertThrows(AssertionError.class, () -> offerOwnAdvertBack(early, aPlusD + aPlusD / 50 + 2));

        TableNet right = new TableNet("DCBA", RuleSwitches.ALL_ON);
        offerOwnAdvertBack(right, aPlusD + aPlusD / 50 + 2);
        assertEquals('-', right.nextHop('C'));
    }

    /** C announces, loses its route and waits; B still leads to C, A to B; A offers. */
    private static void offerOwnAdvertBack(TableNet net, long waitMs) {
        net.chain("DCBA");
        net.refuse('C', 'D');
        net.passMs(TableNet.WIFI.alternateLifeMs());
        net.passMs(waitMs);
        net.tell('A', 'C');
    }

    /** A -> B -> D; B restarts and hears A. */
    @Test
    @Tag("4.2-10")
    void sequence_10_router_reboot() {
        TableNet net = new TableNet("DBA", RuleSwitches.ALL_ON).chain("DBA");
        net.reboot('B');

        net.tell('A', 'B'); // it may use A at once: A's own route leads to a boot that is gone
        assertEquals('A', net.nextHop('B'));
        net.meet('A', 'B');
        assertEquals('-', net.nextHop('A'));
        net.tell('B', 'A');

        assertEquals('-', net.nextHop('A'), "that would be A-B-A");
    }

    /** Two restarts within one HELLO; the frames of the boot between come last. */
    @Test
    @Tag("4.2-11")
    void sequence_11_double_reboot_with_old_frames_last() {
        Bench bench = new Bench();
        new Peer(bench, 1, 1).join().hello(Peer.entry(FAR, 10, 100));
        Peer between = new Peer(bench, 1, 2);
        ByteBuffer old = between.seal(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                io.thicket.routing.wire.FrameCodec.encode(
                        List.of(new Reg(between.id, new Distance(new Seq(2, 9), 0), List.of()))));
        Peer last = new Peer(bench, 1, 3).join();
        assertNull(bench.router.routes().get(FAR).nextHop());

        bench.router.onFrame(bench.now, Peer.LINK, between.address, old, MeshRouter.NO_EXCHANGE, bench);

        assertEquals(1, bench.router.snapshot(0).neighbors().size());
        assertEquals(
                last.guard.bootTag(),
                bench.router.snapshot(0).neighbors().get(0).bootTag());
        assertNull(bench.router.routes().get(between.id));
    }

    /** The destination restarts and counts from 1 again, in a newer epoch. */
    @Test
    @Tag("4.2-12")
    void sequence_12_destination_reboot_is_no_starvation() {
        Mesh mesh = Mesh.line(31, 4);
        mesh.start(0);
        mesh.runFor(700_000); // two gateway periods: the count is well above 1
        mesh.restart(0);

        mesh.node(3).offer("after");

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("after"), 5_000));
    }

    /** D hears of itself, with a number that it never had. */
    @Test
    @Tag("4.2-14")
    void sequence_14_self_entry() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        NodeId self = bench.router.self();
        Seq own = bench.router.ownSeq();

        peer.hello(Peer.entry(self, own.count() + 99, 10));
        peer.send(
                FrameForm.UNICAST,
                1,
                List.of(new Rrep(self, new Seq(1, 99), peer.id, 1, 60, 10, new Seq(1, 99), 1, 9, 1_200, null)));

        assertNull(bench.router.routes().get(self));
        assertTrue(bench.router.ownSeq().count() < 50, "no jump on an unsigned claim");
    }

    /** A reply that teaches a relay nothing must reach the originator all the same. */
    @Test
    @Tag("4.2-15")
    void sequence_15_rrep_that_does_not_improve_is_relayed() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer asking = new Peer(bench, 2).join();
        asking.send(FrameForm.UNICAST, 1, List.of(demand(asking.id, 77, 10)));
        bench.sent.clear();

        next.send(FrameForm.UNICAST, 1, List.of(reply(asking.id, 77, new Seq(1, 10), 100)));

        assertEquals(
                1, sentTo(bench, asking).stream().filter(Rrep.class::isInstance).count());
    }

    /** Requests are named by originator and number: two originators may use the same number. */
    @Test
    @Tag("4.2-16")
    void sequence_16_two_originators_with_the_same_rreq_id() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer one = new Peer(bench, 2).join();
        Peer two = new Peer(bench, 3).join();

        one.send(FrameForm.UNICAST, 1, List.of(demand(one.id, 77, 10)));
        two.send(FrameForm.UNICAST, 1, List.of(demand(two.id, 77, 10)));
        bench.sent.clear();
        next.send(FrameForm.UNICAST, 1, List.of(reply(two.id, 77, new Seq(1, 10), 100)));

        assertEquals(List.of(HopCode.CUSTODY, HopCode.CUSTODY, HopCode.CUSTODY), bench.replyCodes);
        assertTrue(sentTo(bench, two).stream().anyMatch(Rrep.class::isInstance));
        assertFalse(sentTo(bench, one).stream().anyMatch(Rrep.class::isInstance));
    }

    /** A BROKEN entry takes whatever is feasible, also if it is worse than what it had. */
    @Test
    @Tag("4.2-17")
    void sequence_17_a_broken_route_is_repaired() {
        TableNet net = new TableNet("DCB", RuleSwitches.ALL_ON).chain("DCB");
        net.refuse('B', 'C');
        net.refuse('C', 'D');
        net.newSeq();

        net.tell('D', 'C');
        net.tell('C', 'B');

        assertEquals('D', net.nextHop('C'));
        assertEquals('C', net.nextHop('B'));
    }

    /** An equal number at a worse cost, offered to a Broken entry by somebody downstream of it. */
    @Test
    @Tag("4.2-18")
    void sequence_18_aodvv2_04_broken_route_update() {
        TableNet net = new TableNet("DCBA", RuleSwitches.ALL_ON).chain("DCBA");
        net.breakLink('C', 'D');

        net.tell('B', 'C');
        net.tell('A', 'C');

        assertEquals('-', net.nextHop('C'));
        net.refuse('A', 'B');
        net.newSeq();
        net.tell('D', 'A');
        net.tell('A', 'C');
        assertEquals('A', net.nextHop('C'), "a newer number over the same neighbour is fine");
    }

    private static Rerr rerr(long count) {
        return new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, count), Rerr.Reason.LINK)));
    }

    private static Rreq rreq(NodeId origin, long seq, long id, Seq routeSeq, long metric) {
        return new Rreq(
                origin, new Seq(1, seq), id, FAR, new Seq(1, 10), metric, routeSeq, 1, 9, true, false, true, 60, null);
    }

    private static Rreq demand(NodeId origin, long id, long minCount) {
        return new Rreq(
                origin,
                new Seq(1, 5 + id),
                id,
                FAR,
                new Seq(1, minCount),
                0,
                new Seq(1, 5 + id),
                0,
                9,
                true,
                false,
                true,
                60,
                null);
    }

    private static Rrep reply(NodeId origin, long id, Seq seq, long metric) {
        return new Rrep(FAR, seq, origin, id, 60, metric, seq, 1, 9, 1_200, null);
    }

    private static List<MeshMessage> sentTo(Bench bench, Peer peer) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(peer.address))
                .flatMap(frame -> peer.open(frame.frame(), frame.exchange()).stream())
                .toList();
    }
}
