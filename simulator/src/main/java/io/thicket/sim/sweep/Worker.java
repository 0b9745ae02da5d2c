package io.thicket.sim.sweep;

/** Whoever does runs, one at a time. */
public interface Worker extends AutoCloseable {
    /** What came of it; never throws. */
    RunOutcome run(RunJob job);

    @Override
    void close();
}
