package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.RoutingCounter;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Eight routers, random graphs, loss, duplication, reordering, cuts, restarts and gateways that come and go. */
class SwarmTest {
    private static final int NODES = 8;
    private static final int SEEDS = Integer.getInteger("thicket.swarm.seeds", 200);

    @Test
    void no_seed_breaks_an_invariant_or_loses_a_message() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try {
                run(seed, RuleSwitches.ALL_ON);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A relay repeated DATA to its former next hop with a distance that another route had improved meanwhile. */
    @Test
    void seed_590_raises_no_false_alarm() {
        run(590, RuleSwitches.ALL_ON);
    }

    static void run(long seed, RuleSwitches rules) {
        Mesh mesh = faults(seed, rules);
        // The faults are over: everything that a living node offered arrives within bounded time.
        for (Mesh.Node node : mesh.nodes) {
            if (!node.up) {
                mesh.restart(node.index);
            }
        }
        for (int i = 0; i + 1 < NODES; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.node(0).gateway(true);
        mesh.node(7).gateway(true);
        mesh.loss = 0;
        boolean done = mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> node.outbox.isEmpty()), 400_000);
        for (Mesh.Node node : mesh.nodes) {
            assertTrue(
                    node.alarms.stream().noneMatch(alarm -> alarm.kind() == Alarm.Kind.DESCENT_VIOLATED),
                    () -> "alarms of node " + node.index + ": " + node.alarms);
            assertTrue(done, () -> "node " + node.index + " still holds " + node.outbox.keySet());
            Set<Object> once = new HashSet<>();
            node.deliveries.forEach(delivery -> once.add(delivery.id() + "@" + delivery.boot()));
            assertEquals(once.size(), node.deliveries.size(), "deliveries at node " + node.index);
            assertEquals(0L, node.router.snapshot(mesh.now).counters().get(RoutingCounter.DESCENT_ALARMS), "U8 alarms");
        }
    }

    private static Mesh faults(long seed, RuleSwitches rules) {
        SplittableRandom random = new SplittableRandom(seed * 7919);
        Mesh mesh = new Mesh(seed, RoutingParametersForTests.FAST, rules);
        mesh.add(NODES);
        for (int a = 0; a < NODES; a++) {
            for (int b = a + 1; b < NODES; b++) {
                if (random.nextDouble() < 0.35) {
                    mesh.connect(a, b);
                }
            }
        }
        mesh.loss = random.nextDouble() * 0.4;
        mesh.duplicate = random.nextDouble() * 0.2;
        mesh.delayMaxMs = 1 + random.nextInt(80);
        mesh.start(0, 7);
        for (int step = 0; step < 60; step++) {
            mesh.runFor(random.nextInt(2_000));
            fault(mesh, random, step);
        }
        return mesh;
    }

    private static void fault(Mesh mesh, SplittableRandom random, int step) {
        int a = random.nextInt(NODES);
        int b = (a + 1 + random.nextInt(NODES - 1)) % NODES;
        switch (random.nextInt(8)) {
            case 0 -> mesh.connect(a, b);
            case 1 -> mesh.cut(a, b);
            case 2 -> mesh.restart(a);
            case 3 -> mesh.kill(a);
            case 4 -> {
                if (!mesh.node(a).up) {
                    mesh.restart(a);
                }
            }
            case 5 -> {
                if (mesh.node(0).up) {
                    mesh.node(0).gateway(random.nextBoolean());
                }
            }
            default -> {
                if (mesh.node(a).up) {
                    mesh.node(a).offer("s" + step);
                }
            }
        }
    }
}
