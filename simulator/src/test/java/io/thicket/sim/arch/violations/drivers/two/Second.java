package io.thicket.sim.arch.violations.drivers.two;

import io.thicket.sim.arch.violations.drivers.one.First;

/** The other half. */
public final class Second {
    public First first = new First();
}
