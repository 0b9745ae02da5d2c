package io.thicket.sim.lab;

import io.thicket.agent.port.WallClock;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.node.SimWallClock;
import io.thicket.sim.scenario.BrokerPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it goes with the devices of a run and with their broker, as its world says. Without a world all is well and usual. */
final class Circumstances {
    private final @Nullable LabWorld world;
    private final Simulation simulation;

    /** Of all nodes that have the right one. */
    private final WallClock rightTime;

    Circumstances(@Nullable LabWorld world, Simulation simulation) {
        this.world = world;
        this.simulation = simulation;
        this.rightTime = new SimWallClock(simulation, true);
    }

    /** Whether frames may be other than they were sent. */
    boolean hasMishaps() {
        return world != null && world.hasMishaps();
    }

    /** What happens to a frame of so many bytes on the air on its way from a radio to its node. Asked once for each. */
    Mishap mishap(int from, int to, int bytes, long nowUs) {
        return world == null ? Mishap.NONE : world.mishap(from, to, bytes, nowUs);
    }

    /** Whether the clock of a node is never ahead. */
    boolean hasTrueClock(int node) {
        return world == null || world.hasTrueClock(node);
    }

    /** How far the clock of a node is ahead. */
    long clockAheadMs(int node, long simulatedMs) {
        return world == null ? 0 : world.clockAheadMs(node, simulatedMs);
    }

    /** The time of day that a node has. */
    WallClock wallClock(int node) {
        LabWorld its = world;
        return its == null || its.hasTrueTimeOfDay(node)
                ? rightTime
                : new SimWallClock(simulation, true, simulatedMs -> its.wallOffsetMs(node, simulatedMs));
    }

    /** Whether a node whose turn it is to be powered up does start. Asked once for each. */
    boolean startsFirst(int node, long nowUs) {
        return world == null || world.startsFirst(node, nowUs);
    }

    /** What a node says of itself: how willing it is to forward for others. */
    int willingnessOf(int node) {
        return world == null ? LabWorld.MAINS : world.willingness(node);
    }

    /** Whether the sensors of a node say nothing at that time. */
    boolean isSilent(int node, long atUs) {
        return world != null && world.isSilent(node, atUs);
    }

    /** What the sensors of a node measure now; empty for the laboratory's constant. Asked once for each reading. */
    List<Measured> measure(int node, long nowUs) {
        return world == null ? List.of() : world.measure(node, nowUs);
    }

    /** How far away the broker is, and what it bears. */
    BrokerPlan broker() {
        return world == null ? BrokerPlan.USUAL : world.broker();
    }
}
