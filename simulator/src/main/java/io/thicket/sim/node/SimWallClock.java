package io.thicket.sim.node;

import io.thicket.agent.port.WallClock;
import io.thicket.sim.kernel.Simulation;

/** Time of day in a simulation, which begins on 2026-01-01 00:00 UTC. */
public final class SimWallClock implements WallClock {
    /** 2026-01-01 00:00 UTC in ms since 1970. */
    public static final long START_MS = 1_767_225_600_000L;

    private final Simulation simulation;
    private final boolean synchronised;

    public SimWallClock(Simulation simulation, boolean synchronised) {
        this.simulation = simulation;
        this.synchronised = synchronised;
    }

    @Override
    public long nowMs() {
        return START_MS + simulation.nowMs();
    }

    @Override
    public boolean isSynchronised() {
        return synchronised;
    }
}
