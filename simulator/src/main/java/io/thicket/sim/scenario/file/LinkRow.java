package io.thicket.sim.scenario.file;

/**
 * One direction of a link.
 *
 * @param delivery share of the frames that arrive if nothing interferes, 0 to 1
 */
public record LinkRow(int from, int to, double delivery) {}
