package io.thicket.sim.arch.violations.gateway.one;

import io.thicket.sim.arch.violations.gateway.two.Second;

/** Half of a cycle of packages. */
public final class First {
    public Second second = new Second();
}
