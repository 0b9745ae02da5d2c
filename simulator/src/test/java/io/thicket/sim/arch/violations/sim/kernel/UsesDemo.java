package io.thicket.sim.arch.violations.sim.kernel;

import io.thicket.sim.arch.violations.sim.demo.Demo;

public final class UsesDemo {
    public Demo demo = new Demo();
}
