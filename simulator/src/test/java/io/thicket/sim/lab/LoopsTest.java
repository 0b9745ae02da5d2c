package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoopsTest {
    private static final NodeId[] IDS = {new NodeId(10), new NodeId(11), new NodeId(12), new NodeId(13)};
    private static final NodeId AWAY = new NodeId(99);

    private final Map<Integer, Integer> says = new HashMap<>();
    private final LoopWatch watch = new LoopWatch(IDS, this::picture);
    private final LoopSample sample = new LoopSample(IDS, (node, to) -> {
        if (says.containsKey(node)) {
            to.accept(AWAY, IDS[says.get(node)]);
        }
    });

    private RoutingSnapshot picture(int node) {
        List<RoutingSnapshot.Route> routes = new ArrayList<>();
        Integer next = says.get(node);
        if (next != null) {
            routes.add(new RoutingSnapshot.Route(
                    AWAY,
                    RoutingSnapshot.RouteState.ACTIVE,
                    IDS[next],
                    0,
                    new Seq(0, 1),
                    1,
                    1,
                    new Seq(0, 1),
                    1,
                    1,
                    0,
                    RouteChange.Reason.FIRST));
        }
        return new RoutingSnapshot(IDS[node], new Seq(0, 1), 0, false, null, 0, List.of(), routes, List.of(), Map.of());
    }

    private void turn(int node, int next) {
        says.put(node, next);
        watch.changed(node, new RouteChange(AWAY, IDS[next], new Seq(0, 1), 1, RouteChange.Reason.FIRST));
        watch.called(node);
    }

    @Test
    void a_change_that_closes_a_circle_is_one_loop() {
        turn(0, 1);
        turn(1, 2);
        assertEquals(0, watch.loops());

        turn(2, 0);
        turn(3, 0); // leads into the circle, but closes none

        assertEquals(1, watch.loops());
    }

    @Test
    void a_circle_that_a_router_on_it_denies_is_none() {
        turn(0, 1);
        says.remove(0); // it expired, and nobody was told
        turn(1, 0);

        assertEquals(0, watch.loops());
    }

    @Test
    void a_node_that_is_down_forwards_nothing() {
        turn(0, 1);
        watch.down(0);
        turn(1, 0);

        assertEquals(0, watch.loops());
    }

    @Test
    void a_standing_loop_is_counted_once_and_a_new_one_again() {
        says.putAll(Map.of(0, 1, 1, 2, 2, 0, 3, 0));
        sample.look();
        sample.look();
        assertEquals(1, sample.loops());

        says.put(2, 3);
        says.remove(3);
        sample.look();
        assertEquals(1, sample.loops());

        says.put(3, 2);
        sample.look();
        assertEquals(2, sample.loops());
    }

    /** As the picture of all next hops has it: whoever follows them for as many steps as there are nodes is on a loop. */
    @Test
    void the_sample_finds_the_loops_that_following_everybody_finds() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 500; round++) {
            int nodes = 2 + random.nextInt(12);
            NodeId[] ids = IntStream.range(0, nodes).mapToObj(NodeId::new).toArray(NodeId[]::new);
            int destinations = 1 + random.nextInt(4);
            int[][] next = new int[destinations][nodes];
            Set<List<Integer>> expected = new HashSet<>();
            for (int to = 0; to < destinations; to++) {
                for (int i = 0; i < nodes; i++) {
                    next[to][i] = random.nextInt(3) == 0 ? -1 : random.nextInt(nodes);
                }
                for (int i = 0; i < nodes; i++) {
                    int at = i;
                    for (int step = 0; step < nodes && at >= 0; step++) {
                        at = next[to][at];
                    }
                    int least = at;
                    for (int step = 0; step < nodes && at >= 0; step++) {
                        at = next[to][at];
                        least = Math.min(least, at);
                    }
                    if (at >= 0) {
                        expected.add(List.of(to, least));
                    }
                }
            }
            LoopSample several = new LoopSample(ids, (node, to) -> {
                for (int destination = 0; destination < destinations; destination++) {
                    if (next[destination][node] >= 0) {
                        to.accept(new NodeId(1_000 + destination), ids[next[destination][node]]);
                    }
                }
            });

            several.look();
            several.look(); // stands still

            assertEquals(expected.size(), several.loops());
        }
    }
}
