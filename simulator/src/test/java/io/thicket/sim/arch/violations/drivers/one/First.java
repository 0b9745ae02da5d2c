package io.thicket.sim.arch.violations.drivers.one;

import io.thicket.sim.arch.violations.drivers.two.Second;

/** Half of a cycle of packages. */
public final class First {
    public Second second = new Second();
}
