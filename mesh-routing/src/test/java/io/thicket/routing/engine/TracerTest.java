package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouteExplanation.Verdict;
import io.thicket.routing.RouteNote;
import io.thicket.routing.Seq;
import io.thicket.routing.TraceReport;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TRACE (2.2) and {@code explain}. */
class TracerTest {
    @Test
    void a_trace_names_every_hop_there_and_back() {
        Mesh mesh = Mesh.line(1, 5);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.node(4).offer("so that the gateway knows the way down");
        mesh.runFor(5_000);

        long id = mesh.node(4).router.trace(mesh.now, mesh.node(0).id(), mesh.node(4));
        long started = mesh.now;
        mesh.runUntil(() -> !mesh.node(4).traces.isEmpty(), 5_000);

        TraceReport report = mesh.node(4).traces.get(0);
        assertEquals(id, report.traceId());
        assertEquals(TraceReport.End.REACHED, report.end());
        assertEquals(List.of(4, 3, 2, 1, 0), numbers(mesh, report.forth()));
        assertEquals(List.of(1, 2, 3), numbers(mesh, report.back()));
        assertEquals(mesh.now - started, report.rttMs());
        assertEquals(0, report.forth().get(4).metric());
        for (int i = 0; i < 4; i++) {
            assertTrue(
                    report.forth().get(i).metric() > report.forth().get(i + 1).metric(), report::toString);
        }
    }

    @Test
    void a_gateway_traces_down_to_a_node() {
        Mesh mesh = Mesh.line(2, 4);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.node(3).offer("up");
        mesh.runFor(5_000);

        assertTrue(mesh.node(0).router.trace(mesh.now, mesh.node(3).id(), mesh.node(0)) > 0);
        mesh.runFor(5_000);

        assertEquals(
                List.of(0, 1, 2, 3), numbers(mesh, mesh.node(0).traces.get(0).forth()));
        assertEquals(List.of(2, 1), numbers(mesh, mesh.node(0).traces.get(0).back()));
    }

    @Test
    void a_trace_that_ends_on_the_way_says_where() {
        Mesh mesh = Mesh.line(3, 6);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.kill(1);
        mesh.node(5).router.trace(mesh.now, mesh.node(0).id(), mesh.node(5));

        mesh.runFor(6_000);

        assertEquals(1, mesh.node(5).traces.size());
        TraceReport report = mesh.node(5).traces.get(0);
        assertEquals(TraceReport.End.NO_ANSWER, report.end());
        assertEquals(List.of(5, 4, 3, 2), numbers(mesh, report.forth()));
        assertTrue(report.rttMs() < Tracer.WAIT_MS, report::toString);
    }

    @Test
    void a_trace_that_nobody_answers_is_reported_once_with_what_this_node_knows() {
        Mesh mesh = Mesh.line(4, 3);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.kill(1);
        mesh.node(2).router.trace(mesh.now, mesh.node(0).id(), mesh.node(2));

        mesh.runFor(20_000);

        assertEquals(1, mesh.node(2).traces.size());
        assertEquals(TraceReport.End.NO_ANSWER, mesh.node(2).traces.get(0).end());
        assertEquals(-1, mesh.node(2).traces.get(0).rttMs());
        assertEquals(List.of(2), numbers(mesh, mesh.node(2).traces.get(0).forth()));
    }

    @Test
    void traces_survive_loss_or_say_where_they_ended() {
        Mesh mesh = Mesh.line(5, 5);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.loss = 0.2;
        mesh.duplicate = 0.1;
        int asked = 0;
        for (int i = 0; i < 50; i++) {
            asked += mesh.node(4).router.trace(mesh.now, mesh.node(0).id(), mesh.node(4)) > 0 ? 1 : 0;
            mesh.node(4).reschedule();
            mesh.runFor(2_000);
        }
        mesh.runFor(6_000);

        assertEquals(asked, mesh.node(4).traces.size(), "each is reported once");
        long reached = mesh.node(4).traces.stream()
                .filter(report -> report.end() == TraceReport.End.REACHED)
                .count();
        assertTrue(reached * 10 >= asked * 9L, reached + " of " + asked);
    }

    @Test
    void unknown_targets_and_too_many_traces_are_refused_and_a_trace_to_oneself_is_answered_at_once() {
        Mesh mesh = Mesh.line(6, 2);
        mesh.start(0);
        mesh.runFor(10_000);
        Mesh.Node node = mesh.node(1);

        assertEquals(MeshRouter.Refusal.NO_ROUTE, node.router.trace(mesh.now, new NodeId(99), node));
        assertTrue(node.router.trace(mesh.now, node.id(), node) > 0);
        assertEquals(TraceReport.End.REACHED, node.traces.get(0).end());
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = node.router.trace(mesh.now, node.id(), node);
        }
        assertEquals(MeshRouter.Refusal.FULL, last);
    }

    @Test
    void a_relay_refuses_more_traces_of_a_neighbour_than_its_share_and_remembers_few() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        List<HopCode> codes = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            int from = bench.replies.size();
            Trace trace = new Trace(peer.id, new NodeId(77), i + 1, 60, false, List.of());
            peer.send(FrameForm.UNICAST, 100 + i, List.of(trace));
            MeshMessage result =
                    peer.openReply(bench.replies.get(from).frame(), 100 + i).get(0);
            codes.add(((HopResult) result).code());
        }

        assertEquals(10, codes.stream().filter(code -> code == HopCode.CUSTODY).count());
        assertEquals(10, codes.stream().filter(code -> code == HopCode.FULL).count());
    }

    @Test
    void an_answer_with_a_ttl_above_the_first_one_does_no_harm() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        NodeId gateway = new NodeId(0x1234);
        peer.hello(Peer.entry(gateway, 10, 100));
        long id = bench.router.trace(bench.now, gateway, bench);

        HopCode code = peer.unicast(new Trace(bench.router.self(), gateway, id, 200, true, List.of()));

        assertEquals(HopCode.CUSTODY, code);
    }

    @Test
    void a_request_without_a_ttl_is_answered_here() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();

        HopCode code = peer.unicast(new Trace(peer.id, new NodeId(77), 1, 0, false, List.of()));

        assertEquals(HopCode.CUSTODY, code);
    }

    @Test
    void explain_says_which_way_is_used_since_when_and_why_the_others_are_not() {
        Bench bench = new Bench();
        Peer used = new Peer(bench, 1).join();
        Peer near = new Peer(bench, 2).join();
        Peer far = new Peer(bench, 3).join();
        NodeId gateway = new NodeId(0x1234);
        used.hello(Peer.entry(gateway, 10, 100));
        bench.runTo(1_000);
        near.hello(Peer.entry(gateway, 10, 101));
        far.hello(Peer.entry(gateway, 10, 5_000));

        RouteExplanation explanation = bench.router.explain(bench.now, gateway).orElseThrow();

        assertEquals(used.id, explanation.route().nextHop());
        assertEquals(
                List.of(new RouteNote(0, Reason.FIRST, used.id, 1)),
                explanation.route().reasons());
        assertEquals(2, explanation.alternates().size());
        RouteExplanation.Alternate first = explanation.alternates().get(0);
        assertEquals(near.id, first.neighbor());
        assertEquals(new Seq(1, 10), first.seq());
        assertEquals(101, first.advertised());
        assertEquals(Verdict.READY, first.verdict());
        assertEquals(Verdict.INFEASIBLE, explanation.alternates().get(1).verdict());
        assertTrue(bench.router.explain(bench.now, new NodeId(5)).isEmpty());
    }

    private static List<Integer> numbers(Mesh mesh, List<TraceReport.Hop> hops) {
        List<Integer> numbers = new ArrayList<>();
        for (TraceReport.Hop hop : hops) {
            for (Mesh.Node node : mesh.nodes) {
                if (node.id().equals(hop.id())) {
                    numbers.add(node.index);
                }
            }
        }
        return numbers;
    }
}
