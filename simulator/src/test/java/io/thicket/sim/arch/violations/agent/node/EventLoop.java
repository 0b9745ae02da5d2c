package io.thicket.sim.arch.violations.agent.node;

/** No offence: the one thread of a node. */
public final class EventLoop {
    public long atNs = System.nanoTime();
    public Thread thread = new Thread(() -> {});
}
