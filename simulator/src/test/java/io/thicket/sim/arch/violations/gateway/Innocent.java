package io.thicket.sim.arch.violations.gateway;

/** No offence. */
public final class Innocent {}
