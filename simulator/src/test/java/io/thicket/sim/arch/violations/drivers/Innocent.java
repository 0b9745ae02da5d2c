package io.thicket.sim.arch.violations.drivers;

/** No offence. */
public final class Innocent {}
