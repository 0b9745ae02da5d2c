package io.thicket.sim.arch.violations.routing.one;

import io.thicket.sim.arch.violations.routing.two.Second;

/** Half of a cycle of packages. */
public final class First {
    public Second second = new Second();
}
