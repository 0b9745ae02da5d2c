package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.BrokerPlan;
import java.util.List;

/**
 * What nodes live on, what they measure, and who can meet them.
 *
 * @param energy batteries; each node is in one at most, and all others never run dry
 * @param sensors values of readings
 * @param broker where gateways publish, unless the run has a real one
 * @param bridge what of it is reachable from outside, if it runs so
 */
public record WorldPlan(List<EnergyPlan> energy, List<SensorPlan> sensors, BrokerPlan broker, BridgePlan bridge) {
    public WorldPlan {
        energy = List.copyOf(energy);
        sensors = List.copyOf(sensors);
    }
}
