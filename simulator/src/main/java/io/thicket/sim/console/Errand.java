package io.thicket.sim.console;

/** Something that a command began and that takes simulated time: a console that stands waits for its end. */
interface Errand {
    /** Looks whether it has come to its end by itself. */
    void look();

    boolean isDone();

    /** The run has ended before it did: says so. */
    void cut();
}
