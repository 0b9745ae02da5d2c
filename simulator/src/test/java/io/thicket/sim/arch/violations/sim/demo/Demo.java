package io.thicket.sim.arch.violations.sim.demo;

/** No offence: the demo may print. */
public final class Demo {
    void show() {
        System.out.println("x");
    }
}
