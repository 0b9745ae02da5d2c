package io.thicket.sim.arch.violations.routing;

import io.thicket.sim.arch.violations.drivers.Innocent;

public final class UsesDrivers {
    public Innocent driver = new Innocent();
}
