package io.thicket.routing.engine;

import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whole routers on random graphs under faults, seed after seed: safety is judged after every event, and when the faults
 * are over, everything that a living node offered must arrive (liveness, judged apart). Keeps count of what happened, so
 * that a run can show that it was no idle one.
 */
final class Swarm {
    private static final int STEPS = 80;
    private static final int MAX_PAUSE_MS = 1_200;
    private static final long HEAL_MS = 400_000;

    /** Custody ends after 20 s at a relay and 60 s at the origin. */
    private static final long DRAIN_MS = 90_000;

    /** What happened in all seeds so far. */
    static final class Histogram {
        final Map<String, Long> faults = new TreeMap<>();
        final Map<RouteChange.Reason, Long> changes = new EnumMap<>(RouteChange.Reason.class);
        long seeds;
        long routeChanges;
        long events;
        long checks;
        long offered;
        long refusals;

        void count(String fault) {
            faults.merge(fault, 1L, Long::sum);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(String.format(
                    "%d seeds, %d route changes, %d events, %d checks, %d messages offered, %d refusals%n",
                    seeds, routeChanges, events, checks, offered, refusals));
            changes.forEach((reason, count) -> text.append(String.format("  route %-18s %,12d%n", reason, count)));
            faults.forEach((fault, count) -> text.append(String.format("  fault %-18s %,12d%n", fault, count)));
            return text.toString();
        }
    }

    final Histogram histogram = new Histogram();

    /** For a look at what broke. */
    @Nullable
    Mesh lastMesh;

    private final LongFunction<RuleSwitches> rules;

    /** I20: other keys for the nodes, and another order of simultaneous events; null for neither. */
    @Nullable
    IntUnaryOperator relabel;

    /** Rules by seed. */
    Swarm(LongFunction<RuleSwitches> rules) {
        this.rules = rules;
    }

    /** One seed from the first start to the last delivery; an AssertionError that names it if anything was broken. */
    void run(long seed) {
        try {
            Run run = new Run(seed);
            run.faults();
            run.heal();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private final class Run {
        private final SplittableRandom random;
        private final Mesh mesh;
        private final int size;
        private final int second;
        private boolean whole = true;

        Run(long seed) {
            random = new SplittableRandom(seed * 7919);
            size = 3 + random.nextInt(8);
            second = size - 1;
            mesh = new Mesh(seed, RoutingParametersForTests.HASTY, rules.apply(seed)).glass();
            lastMesh = mesh;
            if (relabel != null) {
                mesh.relabelled(relabel);
            }
            mesh.add(size);
            connect();
            mesh.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
            mesh.duplicate = random.nextDouble() * 0.2;
            mesh.delayMaxMs = 1 + random.nextInt(80);
            mesh.start(0, second);
        }

        /** A line, a ring, a grid two wide, or a random graph. */
        private void connect() {
            int shape = random.nextInt(6);
            double density = 0.2 + 0.5 * random.nextDouble();
            for (int a = 0; a < size; a++) {
                for (int b = a + 1; b < size; b++) {
                    boolean near =
                            switch (shape) {
                                case 0 -> b == a + 1;
                                case 1 -> b == a + 1 || a == 0 && b == size - 1;
                                case 2 -> b == a + 2 || b == a + 1 && a % 2 == 0;
                                default -> random.nextDouble() < density;
                            };
                    if (near) {
                        mesh.connect(a, b);
                    }
                }
            }
        }

        void faults() {
            for (int step = 0; step < STEPS; step++) {
                mesh.runFor(random.nextInt(MAX_PAUSE_MS));
                fault(step);
                boolean connected = isConnected();
                if (whole && !connected) {
                    histogram.count("partition");
                }
                whole = connected;
            }
        }

        private void fault(int step) {
            int a = random.nextInt(size);
            int b = (a + 1 + random.nextInt(size - 1)) % size;
            switch (random.nextInt(14)) {
                case 0, 1 -> {
                    mesh.connect(a, b);
                    histogram.count("link up");
                }
                case 2, 3, 4 -> {
                    mesh.cut(a, b);
                    histogram.count("link cut");
                }
                case 5 -> {
                    mesh.restart(a);
                    histogram.count("reboot");
                }
                case 6 -> {
                    mesh.kill(a);
                    histogram.count("crash");
                }
                case 7 -> {
                    for (Mesh.Node node : mesh.nodes) {
                        if (!node.up) {
                            mesh.restart(node.index);
                            histogram.count("reboot");
                        }
                    }
                }
                case 8 -> {
                    if (mesh.node(0).up) {
                        mesh.node(0).gateway(random.nextBoolean());
                        histogram.count("uplink");
                    }
                }
                case 9 -> {
                    mesh.pause(a, 500 + random.nextInt(4_000));
                    histogram.count("pause");
                }
                case 10, 11 -> {
                    if (mesh.node(a).up) {
                        mesh.node(a).sendTo(mesh.node(b), "to " + b);
                        histogram.count("message to a node");
                    }
                }
                default -> {
                    if (mesh.node(a).up) {
                        mesh.node(a).offer("s" + step);
                        histogram.offered++;
                    }
                }
            }
        }

        private boolean isConnected() {
            boolean[] reached = new boolean[size];
            reached[0] = true;
            for (int round = 0; round < size; round++) {
                for (int a = 0; a < size; a++) {
                    for (int b = 0; b < size; b++) {
                        reached[b] |= reached[a] && mesh.connected(a, b);
                    }
                }
            }
            for (boolean each : reached) {
                if (!each) {
                    return false;
                }
            }
            return true;
        }

        /** The faults are over: everything that a living node offered arrives within bounded time. */
        void heal() {
            for (Mesh.Node node : mesh.nodes) {
                if (!node.up) {
                    mesh.restart(node.index);
                }
            }
            for (int i = 0; i + 1 < size; i++) {
                mesh.connect(i, i + 1);
            }
            mesh.node(0).gateway(true);
            mesh.node(second).gateway(true);
            mesh.loss = 0;
            boolean done = mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> node.outbox.isEmpty()), HEAL_MS);
            count();
            for (Mesh.Node node : mesh.nodes) {
                if (!node.outbox.isEmpty()) {
                    throw new AssertionError("liveness: node " + node.index + " still holds " + node.outbox.keySet());
                }
            }
            if (!done) {
                throw new AssertionError("liveness: not done");
            }
            drain();
        }

        /** I10: what is in custody leaves it, and nothing stays counted that has gone. */
        private void drain() {
            boolean empty =
                    mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> node.router.queued() == 0), DRAIN_MS);
            if (!empty) {
                throw new AssertionError("I10 conservation: queued for ever: "
                        + mesh.nodes.stream().map(node -> node.router.queued()).toList());
            }
        }

        private void count() {
            histogram.seeds++;
            histogram.routeChanges += mesh.routeChanges;
            histogram.events += mesh.eventsRun;
            histogram.checks += mesh.judge.checks();
            mesh.reasons.forEach((reason, count) -> histogram.changes.merge(reason, count, Long::sum));
            for (Mesh.Node node : mesh.nodes) {
                histogram.refusals += node.router.counter(RoutingCounter.HOP_REFUSALS_SENT);
            }
        }
    }
}
