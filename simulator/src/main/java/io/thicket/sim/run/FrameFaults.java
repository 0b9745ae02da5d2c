package io.thicket.sim.run;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.Mishap;
import io.thicket.sim.scenario.file.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Frames that come twice, late, with other bits or not at all: what faults do between radio and node. Drawn for each receiver by itself. */
final class FrameFaults {
    private final List<FaultPlan> faults = new ArrayList<>();
    private final RandomGenerator[] draws;

    FrameFaults(List<FaultPlan> all, int nodes, Seeds seeds) {
        for (FaultPlan fault : all) {
            switch (fault.kind()) {
                case DUPLICATE, REORDER, CORRUPT, NARROW -> faults.add(fault);
                default -> {}
            }
        }
        draws = new RandomGenerator[faults.isEmpty() ? 0 : nodes];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = seeds.generator("mishap", i);
        }
    }

    boolean any() {
        return !faults.isEmpty();
    }

    /** What happens to a frame of so many bytes on the air that {@code to} hears now. */
    Mishap mishap(int from, int to, int bytes, long nowUs) {
        int copies = 1;
        long delayUs = 0;
        boolean corrupt = false;
        for (FaultPlan fault : faults) {
            if (!LinkFaults.isActive(fault, nowUs)
                    || !fault.nodes().isEmpty() && !LinkFaults.isBetween(fault, from, to)) {
                continue;
            }
            if (fault.kind() == FaultPlan.Kind.NARROW) {
                if (bytes > fault.amount() && (!fault.oneWay() || fault.nodes().get(1) == to)) {
                    return Mishap.LOST;
                }
                continue;
            }
            if (draws[to].nextDouble() >= fault.amount()) {
                continue;
            }
            switch (fault.kind()) {
                case DUPLICATE -> copies++;
                case REORDER -> delayUs = Math.max(delayUs, 1 + draws[to].nextLong(fault.downMs() * 1_000));
                case CORRUPT -> corrupt = true;
                default -> throw new AssertionError(fault.kind());
            }
        }
        return copies == 1 && delayUs == 0 && !corrupt ? Mishap.NONE : new Mishap(copies, delayUs, corrupt);
    }
}
