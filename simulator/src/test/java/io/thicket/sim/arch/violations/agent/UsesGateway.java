package io.thicket.sim.arch.violations.agent;

import io.thicket.sim.arch.violations.gateway.Innocent;

public final class UsesGateway {
    public Innocent gateway = new Innocent();
}
