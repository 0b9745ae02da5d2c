package io.thicket.sim.arch.violations.gateway;

import io.thicket.sim.arch.violations.sim.demo.Demo;

public final class UsesSim {
    public Demo demo = new Demo();
}
