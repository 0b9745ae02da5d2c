package io.thicket.sim.arch.violations.gateway.two;

import io.thicket.sim.arch.violations.gateway.one.First;

/** The other half. */
public final class Second {
    public First first = new First();
}
