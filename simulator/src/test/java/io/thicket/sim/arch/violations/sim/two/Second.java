package io.thicket.sim.arch.violations.sim.two;

import io.thicket.sim.arch.violations.sim.one.First;

/** The other half. */
public final class Second {
    public First first = new First();
}
