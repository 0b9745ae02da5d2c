package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What faults do to links, at any time of a run. */
final class LinkFaults {
    private static final class Cut {
        final long fromUs;
        final long untilUs;
        final boolean[] side;
        final boolean oneWay;

        Cut(FaultPlan fault, int nodes) {
            fromUs = fault.atMs() * 1_000;
            untilUs = endUs(fault);
            side = new boolean[nodes];
            oneWay = fault.oneWay();
            fault.nodes().forEach(node -> side[node] = true);
        }
    }

    private final List<Cut> cuts = new ArrayList<>();
    private final List<FaultPlan> losses = new ArrayList<>();
    private final List<FaultPlan> flaps = new ArrayList<>();
    private final SortedSet<Long> changesUs = new TreeSet<>();

    LinkFaults(List<FaultPlan> faults, int nodes, long durationMs) {
        for (FaultPlan fault : faults) {
            switch (fault.kind()) {
                case PARTITION -> {
                    cuts.add(new Cut(fault, nodes));
                    change(fault.atMs(), durationMs);
                    change(fault.untilMs(), durationMs);
                }
                case LOSS -> {
                    losses.add(fault);
                    change(fault.atMs(), durationMs);
                    change(fault.untilMs(), durationMs);
                }
                case FLAP -> {
                    flaps.add(fault);
                    long endMs = Math.min(fault.untilMs(), durationMs);
                    for (long atMs = fault.atMs(); atMs < endMs; atMs += fault.downMs() + fault.upMs()) {
                        change(atMs, durationMs);
                        change(Math.min(atMs + fault.downMs(), endMs), durationMs);
                    }
                }
                default -> {} // not of links
            }
        }
    }

    /** When something changes. */
    SortedSet<Long> changesUs() {
        return new TreeSet<>(changesUs);
    }

    boolean isCut(int from, int to, long atUs) {
        for (Cut cut : cuts) {
            boolean holds = atUs >= cut.fromUs && atUs < cut.untilUs && cut.side[from] != cut.side[to];
            if (holds && (!cut.oneWay || cut.side[from])) {
                return true;
            }
        }
        for (FaultPlan flap : flaps) {
            if (isBetween(flap, from, to) && isActive(flap, atUs)) {
                long phaseMs = Math.floorMod(atUs / 1_000 - flap.atMs(), flap.downMs() + flap.upMs());
                if (phaseMs < flap.downMs()) {
                    return true;
                }
            }
        }
        return false;
    }

    double loss(int from, int to, long atUs) {
        double kept = 1;
        for (FaultPlan fault : losses) {
            if (isActive(fault, atUs) && (fault.nodes().isEmpty() || isBetween(fault, from, to))) {
                kept *= 1 - fault.amount();
            }
        }
        return 1 - kept;
    }

    private void change(long atMs, long durationMs) {
        if (atMs < durationMs) {
            changesUs.add(atMs * 1_000);
        }
    }

    static boolean isBetween(FaultPlan fault, int from, int to) {
        return fault.nodes().size() == 2
                && fault.nodes().contains(from)
                && fault.nodes().contains(to)
                && from != to;
    }

    static boolean isActive(FaultPlan fault, long atUs) {
        return atUs >= fault.atMs() * 1_000 && atUs < endUs(fault);
    }

    private static long endUs(FaultPlan fault) {
        return fault.untilMs() == FaultPlan.NEVER ? Long.MAX_VALUE : fault.untilMs() * 1_000;
    }
}
