package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * What nodes live on and what they measure.
 *
 * @param energy batteries; each node is in one at most, and all others never run dry
 * @param sensors values of readings
 */
public record WorldPlan(List<EnergyPlan> energy, List<SensorPlan> sensors) {
    /** Mains everywhere. */
    public static final WorldPlan NONE = new WorldPlan(List.of(), List.of());

    public WorldPlan {
        energy = List.copyOf(energy);
        sensors = List.copyOf(sensors);
    }
}
