package io.thicket.sim.node;

import io.thicket.agent.port.WallClock;
import io.thicket.sim.kernel.Simulation;
import java.util.function.LongUnaryOperator;

/** Time of day in a simulation, which begins on 2026-01-01 00:00 UTC. */
public final class SimWallClock implements WallClock {
    /** 2026-01-01 00:00 UTC in ms since 1970. */
    public static final long START_MS = 1_767_225_600_000L;

    private final Simulation simulation;
    private final boolean synchronised;
    private final LongUnaryOperator wrongMs;

    public SimWallClock(Simulation simulation, boolean synchronised) {
        this(simulation, synchronised, unused -> 0);
    }

    /** A clock that is wrong by that many ms, by the time of the simulation in ms. */
    public SimWallClock(Simulation simulation, boolean synchronised, LongUnaryOperator wrongMs) {
        this.simulation = simulation;
        this.synchronised = synchronised;
        this.wrongMs = wrongMs;
    }

    @Override
    public long nowMs() {
        return START_MS + simulation.nowMs() + wrongMs.applyAsLong(simulation.nowMs());
    }

    @Override
    public boolean isSynchronised() {
        return synchronised;
    }
}
