package io.thicket.sim.arch.violations.drivers.serial;

/** No offence: ports have threads and clocks. */
public final class Worker {
    public Thread thread = new Thread(System::nanoTime);
}
