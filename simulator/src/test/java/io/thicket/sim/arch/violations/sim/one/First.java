package io.thicket.sim.arch.violations.sim.one;

import io.thicket.sim.arch.violations.sim.two.Second;

/** Half of a cycle of packages. */
public final class First {
    public Second second = new Second();
}
