package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * What some nodes live on. Power in W, energy in J, times of day in ms since midnight.
 *
 * @param nodes whose battery it is, ascending
 * @param capacityJ of a full battery
 * @param charge share of it at the start
 * @param deviceW of everything but the radio, while the node runs
 * @param sleepW of the radio while it sleeps
 * @param listenW of the radio while it waits for frames
 * @param receiveW of the radio while it hears a signal, for whomever
 * @param transmitW of the radio while it sends
 * @param awake share of the time in which the radio listens when it neither hears nor sends. Books only: it hears everything all the same
 * @param solarW of the panel at noon, 0 for none
 * @param startOfDayMs the time of day when the run begins
 * @param restart share of the capacity at which a node whose battery was empty starts again
 * @param announced what the node says of itself to its neighbours
 */
public record EnergyPlan(
        List<Integer> nodes,
        double capacityJ,
        double charge,
        double deviceW,
        double sleepW,
        double listenW,
        double receiveW,
        double transmitW,
        double awake,
        double solarW,
        long sunriseMs,
        long sunsetMs,
        long startOfDayMs,
        double restart,
        Announced announced) {
    /** What a node lives on, as in {@code [mesh] energy} of its configuration. */
    public enum Announced {
        MAINS,
        SOLAR,
        BATTERY
    }

    public EnergyPlan {
        nodes = List.copyOf(nodes);
    }

    /** The most that the node can draw. */
    public double maxW() {
        return deviceW + Math.max(Math.max(sleepW, listenW), Math.max(receiveW, transmitW));
    }

    /** What it draws while the air is silent. */
    public double idleW() {
        return deviceW + awake * listenW + (1 - awake) * sleepW;
    }
}
