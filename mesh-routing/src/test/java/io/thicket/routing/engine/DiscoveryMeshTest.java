package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On-demand discovery and repair among whole routers, no gateway anywhere unless said. Times are virtual. */
@Tag("any-jdk") // it only computes
class DiscoveryMeshTest {
    private static final NodeId ABSENT = new NodeId(0x77);

    @Test
    void a_message_finds_its_way_over_four_hops_and_the_answer_needs_no_search() {
        Mesh mesh = line(1, 5);

        assertTrue(mesh.node(0).sendTo(mesh.node(4), "ask") > 0);
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(4).contains("ask"), 400));
        assertTrue(mesh.node(4).sendTo(mesh.node(0), "answer") > 0);
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("answer"), 100));

        assertEquals(4, mesh.node(4).deliveries.get(0).hops());
        assertEquals(1, total(mesh, RoutingCounter.SEARCHES_STARTED));
        assertNoAlarms(mesh);
    }

    @Test
    void discovery_over_four_hops_takes_less_than_the_design_allows() {
        int runs = 40;
        long[] cold = new long[runs];
        long[] known = new long[runs];
        for (int seed = 0; seed < runs; seed++) {
            Mesh mesh = line(seed, 5);
            cold[seed] = latency(mesh, "first");
            mesh.runFor(302_000); // L is over, and so is the route
            assertEquals(-1, metric(mesh, 0, 4));
            known[seed] = latency(mesh, "second");
        }
        Arrays.sort(cold);
        Arrays.sort(known);

        assertTrue(cold[runs / 2] < 400, "cold p50 " + cold[runs / 2]);
        assertTrue(known[runs / 2] < 150, "known p50 " + known[runs / 2]);
    }

    private static long latency(Mesh mesh, String text) {
        long startMs = mesh.now;
        mesh.node(0).sendTo(mesh.node(4), text);
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(4).contains(text), 60_000));
        return mesh.now - startMs;
    }

    @Test
    void a_flood_costs_a_third_of_the_nodes_and_reaches_all_but_one_percent() {
        int runs = Integer.getInteger("thicket.flood.runs", 2);
        long cost = 0;
        long reached = 0;
        long reachable = 0;
        for (int seed = 1; seed <= runs; seed++) {
            Mesh mesh = uniform(seed, 500, 12);
            send(mesh, 0, ABSENT);
            mesh.runFor(655); // the rings of 2 and 5 hops
            long before = copies(mesh);

            mesh.runFor(1_640);

            cost += copies(mesh) - before;
            for (Mesh.Node node : mesh.nodes) {
                reached += node.router.routes().get(mesh.node(0).id()) != null ? 1 : 0;
            }
            reachable += component(mesh, 0).cardinality() - 1;
        }
        String figures = cost / runs + " copies, " + reached + " of " + reachable + " reached";
        assertTrue(cost <= 0.35 * 500 * runs, figures);
        assertTrue(reached >= 0.99 * reachable, figures);
    }

    @Test
    void what_nobody_reaches_is_dropped_and_refused_until_the_hold_down_ends() {
        Mesh mesh = line(2, 3);
        assertTrue(send(mesh, 0, ABSENT) > 0);

        mesh.runFor(12_000); // 0.21 + 0.45 + 1.65 + 3.3 s, and not yet 6.6 s
        assertTrue(mesh.node(0).drops.isEmpty());
        mesh.runFor(1_000);
        assertEquals(DropReason.NO_ROUTE, mesh.node(0).drops.get(0).reason());
        assertEquals(MeshRouter.Refusal.NO_ROUTE, send(mesh, 0, ABSENT));

        mesh.runFor(5_000);
        assertTrue(send(mesh, 0, ABSENT) > 0, "the hold-down of 5 s is over");
    }

    @Test
    void a_new_neighbour_ends_a_hold_down() {
        Mesh mesh = new Mesh(3);
        mesh.add(4);
        mesh.connect(0, 3); // somebody to ask, who knows nobody
        mesh.connect(1, 2);
        mesh.start();
        mesh.runFor(10_000);
        assertTrue(send(mesh, 0, mesh.node(1).id()) > 0);
        assertTrue(mesh.runUntil(() -> !mesh.node(0).drops.isEmpty(), 37_000));
        assertEquals(MeshRouter.Refusal.NO_ROUTE, mesh.node(0).sendTo(mesh.node(1), "held down"));

        mesh.connect(0, 2);
        mesh.restart(2); // and is heard at once
        assertTrue(mesh.runUntil(() -> mesh.node(0).sendTo(mesh.node(1), "second") > 0, 4_000));

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(1).contains("second"), 2_000));
    }

    /** Design 4.2, sequence 19. */
    @Test
    void a_one_way_link_does_not_keep_either_flow_from_its_way() {
        Mesh mesh = new Mesh(4);
        mesh.add(4);
        mesh.connectOneWay(0, 1); // B hears A and is not heard
        mesh.connect(0, 2);
        mesh.connect(2, 1);
        mesh.connect(1, 3);
        mesh.start();
        mesh.runFor(10_000);

        mesh.node(0).sendTo(mesh.node(3), "there");
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(3).contains("there"), 1_000));
        mesh.node(3).sendTo(mesh.node(0), "back");
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("back"), 500));

        assertEquals(3, mesh.node(3).deliveries.get(0).hops());
        assertEquals(3, mesh.node(0).deliveries.get(0).hops());
        assertNoAlarms(mesh);
    }

    /** Design 4.2, sequence 25 (contiki-ng#2385): the child moved, and the way down still leads to where it was. */
    @Test
    void a_command_to_a_child_that_moved_is_refused_once_and_finds_it() {
        Mesh mesh = new Mesh(8).glass();
        mesh.add(6);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.connect(2, 3); // the child is here
        mesh.connect(0, 4);
        mesh.connect(4, 5);
        mesh.start(0);
        mesh.runFor(10_000);
        mesh.node(3).offer("reading");
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("reading"), 2_000));

        mesh.cut(2, 3);
        mesh.connect(5, 3);
        mesh.runFor(200);
        assertTrue(mesh.node(0).sendTo(mesh.node(3), "command") > 0);

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(3).contains("command"), 15_000), "not after a minute");
        assertNoAlarms(mesh);
    }

    @Test
    void a_relay_that_dies_under_a_flow_is_replaced_by_the_source() {
        Mesh mesh = new Mesh(6);
        mesh.add(7);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.connect(2, 3); // the short way
        mesh.connect(0, 4);
        mesh.connect(4, 5);
        mesh.connect(5, 6);
        mesh.connect(6, 3); // the long one
        mesh.start();
        mesh.runFor(10_000);
        mesh.node(0).sendTo(mesh.node(3), "short");
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(3).contains("short"), 1_000));

        mesh.kill(2);
        mesh.node(0).sendTo(mesh.node(3), "long");

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(3).contains("long"), 15_000));
        assertNoAlarms(mesh);
    }

    @Test
    void a_flood_of_requests_for_everybody_leaves_no_loop_and_no_alarm() {
        for (int seed = 1; seed <= 10; seed++) {
            Mesh mesh = uniform(100 + seed, 20, 5);
            mesh.loss = 0.2;
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 100; i++) {
                mesh.at(mesh.now + random.nextInt(60_000), () -> {
                    int from = random.nextInt(20);
                    int to = (from + 1 + random.nextInt(19)) % 20;
                    mesh.node(from).sendTo(mesh.node(to), "x");
                });
            }

            mesh.runFor(120_000);

            assertNoAlarms(mesh);
        }
    }

    @Test
    void one_request_is_sent_by_nobody_more_than_twice() {
        Mesh mesh = uniform(7, 40, 8);
        long before = copies(mesh);
        send(mesh, 0, ABSENT);

        mesh.runFor(205); // one ring

        assertTrue(copies(mesh) - before <= 2 * 40);
        assertTrue(copies(mesh) - before > 1);
    }

    static long send(Mesh mesh, int from, NodeId to) {
        long result = mesh.node(from)
                .router
                .send(
                        mesh.now,
                        Destination.node(to),
                        PayloadType.COAP,
                        Priority.NORMAL,
                        60_000,
                        false,
                        0,
                        0,
                        ByteBuffer.wrap(new byte[] {1}),
                        mesh.node(from));
        mesh.node(from).reschedule();
        return result;
    }

    private static long metric(Mesh mesh, int from, int to) {
        RouteEntry entry = mesh.node(from).router.routes().get(mesh.node(to).id());
        return entry == null ? -1 : entry.metric();
    }

    private static Mesh line(long seed, int n) {
        Mesh mesh = Mesh.line(seed, n);
        mesh.start();
        mesh.runFor(10_000);
        return mesh;
    }

    /** Nodes strewn evenly over a square. */
    static Mesh uniform(long seed, int n, double degree) {
        SplittableRandom random = new SplittableRandom(seed);
        Mesh mesh = new Mesh(seed).glass();
        mesh.add(n);
        double[] x = random.doubles(n).toArray();
        double[] y = random.doubles(n).toArray();
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                if (Math.pow(x[a] - x[b], 2) + Math.pow(y[a] - y[b], 2) < degree / (Math.PI * n)) {
                    mesh.connect(a, b);
                }
            }
        }
        mesh.start();
        mesh.runFor(20_000);
        return mesh;
    }

    private static BitSet component(Mesh mesh, int start) {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        seen.set(start);
        open.add(start);
        for (Integer at = open.poll(); at != null; at = open.poll()) {
            for (int next = 0; next < mesh.nodes.size(); next++) {
                if (!seen.get(next) && mesh.connected(at, next)) {
                    seen.set(next);
                    open.add(next);
                }
            }
        }
        return seen;
    }

    private static long copies(Mesh mesh) {
        return total(mesh, RoutingCounter.RREQS_SENT) + total(mesh, RoutingCounter.RREQS_RELAYED);
    }

    private static long total(Mesh mesh, RoutingCounter counter) {
        long sum = 0;
        for (Mesh.Node node : mesh.nodes) {
            sum += node.router.snapshot(mesh.now).counters().get(counter);
        }
        return sum;
    }

    private static void assertNoAlarms(Mesh mesh) {
        for (Mesh.Node node : mesh.nodes) {
            assertNotNull(node.router);
            assertFalse(node.alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.DESCENT_VIOLATED));
        }
    }
}
