package io.thicket.sim.arch.violations.routing.two;

import io.thicket.sim.arch.violations.routing.one.First;

/** The other half. */
public final class Second {
    public First first = new First();
}
