package io.thicket.sim.sweep;

import java.io.IOException;
import java.util.Optional;

/** What is to be run; asked by several threads. */
public interface Jobs {
    /** The next one; waits while it depends on what is running; empty at the end. */
    Optional<RunJob> next() throws InterruptedException;

    /** What came of one of them. */
    void done(RunJob job, RunOutcome outcome) throws IOException;
}
