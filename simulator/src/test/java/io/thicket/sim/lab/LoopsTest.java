package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final Map<Integer, Integer> bootOf = new HashMap<>();
    private final Map<Integer, Integer> bootOfNext = new HashMap<>();
    private final LoopWatch watch = new LoopWatch(IDS, this::picture);
    private final LoopSample sample = new LoopSample(IDS, null);
    private final LoopSample asking = new LoopSample(IDS, (node, to) -> {
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
                    bootOfNext.getOrDefault(node, 0),
                    new Seq(0, 1),
                    1,
                    1,
                    new Seq(0, 1),
                    1,
                    1,
                    0,
                    RouteChange.Reason.FIRST));
        }
        int boot = bootOf.getOrDefault(node, 0);
        return new RoutingSnapshot(
                IDS[node], new Seq(0, 1), boot, false, null, 0, List.of(), routes, List.of(), Map.of());
    }

    private void turn(int node, int next) {
        says.put(node, next);
        watch.changed(node, AWAY, IDS[next]);
        watch.called(node);
    }

    @Test
    void a_change_that_closes_a_circle_is_one_loop() {
        turn(0, 1);
        turn(1, 2);
        assertEquals(0, watch.count());

        turn(2, 0);
        turn(3, 0); // leads into the circle, but closes none

        assertEquals(1, watch.count());
    }

    @Test
    void a_circle_that_a_router_on_it_denies_is_none() {
        turn(0, 1);
        says.remove(0); // it expired, and nobody was told
        turn(1, 0);

        assertEquals(0, watch.count());
    }

    @Test
    void a_node_that_is_down_forwards_nothing() {
        turn(0, 1);
        watch.down(0);
        turn(1, 0);

        assertEquals(0, watch.count());
    }

    /** Found by a swarm, seed 0x1bc388d: who has not heard yet that its next hop is another boot sends it what that refuses. */
    @Test
    void a_way_over_an_earlier_boot_leads_nowhere() {
        bootOf.put(1, 1);
        bootOfNext.put(0, 1);
        turn(0, 1);
        sample.changed(0, AWAY, IDS[1]);
        watch.down(1);
        sample.down(1);
        bootOf.put(1, 2);
        turn(1, 0);
        sample.changed(1, AWAY, IDS[0]);
        sample.look();
        assertEquals(0, watch.count());
        assertEquals(0, sample.count());

        bootOfNext.put(0, 2); // now it knows the new one
        turn(0, 2);
        turn(0, 1);
        sample.changed(0, AWAY, IDS[1]);
        sample.look();
        assertEquals(1, watch.count());
        assertEquals(1, sample.count());
    }

    /** Who names no boot sends to whatever boot there is. */
    @Test
    void a_way_of_a_protocol_without_boots_leads_over_any() {
        turn(0, 1);
        bootOf.put(0, 3);
        bootOf.put(1, 7);
        turn(1, 0);

        assertEquals(1, watch.count());
    }

    @Test
    void a_standing_loop_is_counted_once_and_a_new_one_again() {
        says.putAll(Map.of(0, 1, 1, 2, 2, 0, 3, 0));
        asking.look();
        asking.look();
        assertEquals(1, asking.count());

        says.put(2, 3);
        says.remove(3);
        asking.look();
        assertEquals(1, asking.count());

        says.put(3, 2);
        asking.look();
        assertEquals(2, asking.count());
    }

    @Test
    void a_loop_that_was_broken_between_two_looks_and_closed_again_is_the_same_one() {
        sample.changed(0, AWAY, IDS[1]);
        sample.changed(1, AWAY, IDS[0]);
        sample.look();

        sample.changed(1, AWAY, null);
        sample.changed(1, AWAY, IDS[0]);
        sample.look();

        assertEquals(1, sample.count());
    }

    @Test
    void a_loop_that_a_node_left_for_good_counts_anew_when_it_comes_back() {
        sample.changed(0, AWAY, IDS[1]);
        sample.changed(1, AWAY, IDS[0]);
        sample.look();

        sample.down(1);
        sample.look();
        sample.changed(1, AWAY, IDS[0]);
        sample.changed(0, AWAY, IDS[1]); // the way over its new boot
        sample.look();

        assertEquals(2, sample.count());
    }

    /** Only what changed is looked at, so a change that is not seen would be a loop that is not found. */
    @Test
    void who_hears_of_each_change_finds_as_many_loops_as_who_asks_everybody() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 100; round++) {
            int nodes = 2 + random.nextInt(8);
            NodeId[] ids = IntStream.range(0, nodes).mapToObj(NodeId::new).toArray(NodeId[]::new);
            int destinations = 1 + random.nextInt(3);
            int[][] next = new int[destinations][nodes];
            for (int[] row : next) {
                Arrays.fill(row, -1);
            }
            LoopSample told = new LoopSample(ids, null);
            LoopSample asks = new LoopSample(ids, (node, to) -> {
                for (int i = 0; i < destinations; i++) {
                    if (next[i][node] >= 0) {
                        to.accept(new NodeId(1_000 + i), ids[next[i][node]]);
                    }
                }
            });
            for (int look = 0; look < 30; look++) {
                for (int change = random.nextInt(4); change > 0; change--) {
                    int to = random.nextInt(destinations);
                    int node = random.nextInt(nodes);
                    int hop = random.nextInt(nodes + 1) - 1;
                    next[to][node] = hop;
                    told.changed(node, new NodeId(1_000 + to), hop < 0 ? null : ids[hop]);
                }
                told.look();
                asks.look();

                assertEquals(asks.count(), told.count());
            }
        }
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
            LoopSample.Ways ways = (node, to) -> {
                for (int destination = 0; destination < destinations; destination++) {
                    if (next[destination][node] >= 0) {
                        to.accept(new NodeId(1_000 + destination), ids[next[destination][node]]);
                    }
                }
            };

            LoopSample several = new LoopSample(ids, ways);
            several.look();
            several.look(); // stands still

            assertEquals(expected.size(), several.count());
        }
    }
}
