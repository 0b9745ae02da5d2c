package io.thicket.sim.arch.violations.agent.node;

public final class Clocked {
    public long atNs = System.nanoTime();
}
