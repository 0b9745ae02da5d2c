package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.thicket.routing.Alarm;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The swarm without gateways: eight routers that send to each other over loss, duplication, reordering, cuts, one-way
 * links and restarts, so that every route comes from discovery and repair. Invariants are checked after every event.
 */
@Tag("any-jdk") // it only computes
class DiscoverySwarmTest {
    private static final int NODES = 8;
    private static final int SEEDS = Integer.getInteger("thicket.swarm.seeds", 100);

    @Test
    void no_seed_breaks_an_invariant_and_every_pair_finds_its_way_in_the_end() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try {
                run(seed, RuleSwitches.ALL_ON);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A checker that finds nothing when a rule is switched off is too weak. The others need other stories: MutationTest. */
    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {"U1_STRICT", "U1_MEMORY", "U5_KEEPS_FD", "U7_INCARNATION"})
    void a_rule_that_is_off_is_caught(Rule rule) {
        for (int seed = 1; seed <= 40; seed++) {
            try {
                run(seed, RuleSwitches.without(rule));
            } catch (AssertionError expected) {
                return;
            }
        }
        fail(rule + " is not missed");
    }

    static void run(long seed, RuleSwitches rules) {
        SplittableRandom random = new SplittableRandom(seed * 7919);
        Mesh mesh = new Mesh(seed, RoutingParametersForTests.FAST, rules).glass();
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
        mesh.start();
        for (int step = 0; step < 80; step++) {
            mesh.runFor(random.nextInt(2_000));
            fault(mesh, random, step);
        }
        heal(mesh);
        SplittableRandom pairs = new SplittableRandom(seed);
        int from = pairs.nextInt(NODES);
        int to = (from + 1 + pairs.nextInt(NODES - 1)) % NODES;
        boolean arrived = false;
        for (int i = 0; i < 400 && !arrived; i++) {
            mesh.node(from).sendTo(mesh.node(to), "last");
            arrived = mesh.runUntil(() -> mesh.deliveredTexts(to).contains("last"), 1_000);
        }
        assertTrue(arrived, from + " does not find " + to);
        for (Mesh.Node node : mesh.nodes) {
            assertTrue(
                    node.alarms.stream().noneMatch(alarm -> alarm.kind() == Alarm.Kind.DESCENT_VIOLATED),
                    () -> "alarms of node " + node.index + ": " + node.alarms);
            assertEquals(0L, node.router.snapshot(mesh.now).counters().get(RoutingCounter.DESCENT_ALARMS), "U8 alarms");
        }
    }

    /** The faults are over: a line through all nodes, and nobody is down. */
    private static void heal(Mesh mesh) {
        for (Mesh.Node node : mesh.nodes) {
            if (!node.up) {
                mesh.restart(node.index);
            }
        }
        for (int i = 0; i + 1 < NODES; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.loss = 0;
        mesh.runFor(10_000);
    }

    private static void fault(Mesh mesh, SplittableRandom random, int step) {
        int a = random.nextInt(NODES);
        int b = (a + 1 + random.nextInt(NODES - 1)) % NODES;
        switch (random.nextInt(10)) {
            case 0 -> mesh.connect(a, b);
            case 1 -> mesh.cut(a, b);
            case 2 -> mesh.restart(a);
            case 3 -> {
                mesh.cut(a, b);
                mesh.connectOneWay(a, b);
            }
            case 4 -> mesh.restart(b);
            default -> {
                if (mesh.node(a).up) {
                    mesh.node(a).sendTo(mesh.node(b), "s" + step);
                }
            }
        }
    }
}
