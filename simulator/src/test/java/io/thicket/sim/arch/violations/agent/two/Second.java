package io.thicket.sim.arch.violations.agent.two;

import io.thicket.sim.arch.violations.agent.one.First;

/** The other half. */
public final class Second {
    public First first = new First();
}
