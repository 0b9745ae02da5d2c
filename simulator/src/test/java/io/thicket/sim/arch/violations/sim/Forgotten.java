package io.thicket.sim.arch.violations.sim;

import org.junit.jupiter.api.Test;

/** A test class that surefire does not find. */
public final class Forgotten {
    @Test
    void is_never_run() {}
}
