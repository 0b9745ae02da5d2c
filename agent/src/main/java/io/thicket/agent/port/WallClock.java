package io.thicket.agent.port;

/** The time of day, if this machine knows it. Durations never use it. */
public interface WallClock {
    /** Milliseconds since 1970-01-01 UTC. */
    long nowMs();

    /** Whether the system says that the clock is right (a Raspberry Pi has no battery clock). */
    boolean isSynchronised();
}
