package io.thicket.sim.fault;

import io.thicket.sim.medium.Medium;
import io.thicket.sim.medium.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Something that goes wrong, or right again, at one moment of a run. A value: scripts are lists of them. */
public sealed interface Fault {
    /** Does it. */
    void apply(Target target);

    /** Every path loses this share of what it carries from now on. */
    record Loss(double loss) implements Fault {
        @Override
        public void apply(Target target) {
            changePaths(target.medium(), path -> path.withLoss(loss));
        }
    }

    /** The paths between two nodes, both ways, lose this share from now on. */
    record LinkLoss(int one, int other, double loss) implements Fault {
        @Override
        public void apply(Target target) {
            changePath(target.medium(), one, other, path -> path.withLoss(loss));
            changePath(target.medium(), other, one, path -> path.withLoss(loss));
        }
    }

    /** Every path doubles this share from now on. */
    record Duplication(double duplication) implements Fault {
        @Override
        public void apply(Target target) {
            changePaths(target.medium(), path -> path.withDuplication(duplication));
        }
    }

    /** Every path lets this share be late by up to {@code lateUs} from now on. */
    record Reordering(double lateness, long lateUs) implements Fault {
        @Override
        public void apply(Target target) {
            changePaths(target.medium(), path -> path.withReordering(lateness, lateUs));
        }
    }

    /** Nothing goes between the nodes of {@code side} and the others; with {@code oneWay} nothing leaves {@code side}. */
    record Partition(List<Integer> side, boolean oneWay) implements Fault {
        public Partition {
            side = List.copyOf(side);
        }

        @Override
        public void apply(Target target) {
            Medium medium = target.medium();
            for (int inside : side) {
                for (int outside = 0; outside < medium.nodes(); outside++) {
                    if (!side.contains(outside)) {
                        medium.block(inside, outside);
                        if (!oneWay) {
                            medium.block(outside, inside);
                        }
                    }
                }
            }
        }
    }

    /** Every partition ends. */
    record Heal() implements Fault {
        @Override
        public void apply(Target target) {
            Medium medium = target.medium();
            for (int from = 0; from < medium.nodes(); from++) {
                for (int to = 0; to < medium.nodes(); to++) {
                    medium.unblock(from, to);
                }
            }
        }
    }

    /** Power is cut at one node: timers, queues and sockets are gone, its store stays. */
    record Crash(int node) implements Fault {
        @Override
        public void apply(Target target) {
            target.crash(node);
        }
    }

    /** A crashed node starts again. */
    record Reboot(int node) implements Fault {
        @Override
        public void apply(Target target) {
            target.reboot(node);
        }
    }

    /** What faults act on. */
    interface Target {
        Medium medium();

        /** Cuts the power of {@code node}; nothing happens if it is down. */
        void crash(int node);

        /** Starts {@code node}; nothing happens if it is up. */
        void reboot(int node);
    }

    private static void changePaths(Medium medium, UnaryOperator<Path> change) {
        for (int from = 0; from < medium.nodes(); from++) {
            for (int to = 0; to < medium.nodes(); to++) {
                changePath(medium, from, to, change);
            }
        }
    }

    private static void changePath(Medium medium, int from, int to, UnaryOperator<Path> change) {
        Path path = medium.path(from, to);
        if (path != null) {
            medium.connect(from, to, change.apply(path));
        }
    }
}
