package io.thicket.sim.arch.violations.agent.one;

import io.thicket.sim.arch.violations.agent.two.Second;

/** Half of a cycle of packages. */
public final class First {
    public Second second = new Second();
}
