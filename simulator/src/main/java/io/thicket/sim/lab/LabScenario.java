package io.thicket.sim.lab;

import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Flow;
import io.thicket.sim.scenario.ns3.Traffic;
import java.util.Collections;
import java.util.List;

/**
 * What is simulated, whatever the protocol.
 *
 * @param name for people
 * @param positions where the nodes are
 * @param gateways nodes with an uplink
 * @param flows who sends; not copied, because they may be made as they are asked for: nobody may change them
 * @param failures who vanishes
 * @param insiders who misbehaves
 * @param radio what is heard
 * @param loss of each reception on the air, 0 to 1; the MAC repeats what it can
 * @param datagramLoss of each frame that the MAC has delivered, as if a driver dropped it; nobody below the router repeats it
 * @param powerUpS all nodes start within this time
 * @param warmupS nothing before is measured
 * @param durationS when the run ends
 */
public record LabScenario(
        String name,
        Positions positions,
        List<Integer> gateways,
        List<Flow> flows,
        List<Traffic.Failure> failures,
        List<Insider> insiders,
        Radio radio,
        double loss,
        double datagramLoss,
        double powerUpS,
        double warmupS,
        double durationS) {
    /** Largest network. */
    public static final int MAX_NODES = 100_000;

    public LabScenario {
        if (positions.nodes() < 1 || positions.nodes() > MAX_NODES) {
            throw new IllegalArgumentException(positions.nodes() + " nodes where 1 to " + MAX_NODES + " are possible");
        }
        if (loss < 0 || loss >= 1 || datagramLoss < 0 || datagramLoss >= 1) {
            throw new IllegalArgumentException("a loss is a probability below 1");
        }
        if (durationS <= 0 || warmupS < 0 || warmupS >= durationS || powerUpS < 0) {
            throw new IllegalArgumentException("a run of " + durationS + " s, of which " + warmupS + " s warm up");
        }
        gateways = List.copyOf(gateways);
        flows = Collections.unmodifiableList(flows);
        failures = List.copyOf(failures);
        insiders = List.copyOf(insiders);
    }

    /** A scenario without failures, insiders or added loss, in which all nodes start within a second. */
    public static LabScenario of(
            String name,
            Positions positions,
            List<Integer> gateways,
            List<Flow> flows,
            Radio radio,
            double warmupS,
            double durationS) {
        return new LabScenario(
                name, positions, gateways, flows, List.of(), List.of(), radio, 0, 0, 1, warmupS, durationS);
    }

    /** The same with nodes that vanish; their flows end with them. */
    public LabScenario withFailures(List<Traffic.Failure> newFailures) {
        return new LabScenario(
                name,
                positions,
                gateways,
                Traffic.without(flows, newFailures),
                newFailures,
                insiders,
                radio,
                loss,
                datagramLoss,
                powerUpS,
                warmupS,
                durationS);
    }

    /** The same with losses that the radio does not explain. */
    public LabScenario withLoss(double onAir, double ofDatagrams) {
        return new LabScenario(
                name,
                positions,
                gateways,
                flows,
                failures,
                insiders,
                radio,
                onAir,
                ofDatagrams,
                powerUpS,
                warmupS,
                durationS);
    }

    /** The same with nodes that misbehave. */
    public LabScenario withInsiders(List<Insider> newInsiders) {
        return new LabScenario(
                name,
                positions,
                gateways,
                flows,
                failures,
                newInsiders,
                radio,
                loss,
                datagramLoss,
                powerUpS,
                warmupS,
                durationS);
    }

    public int nodes() {
        return positions.nodes();
    }

    /** A time of a scenario as the simulation counts it. */
    static long us(double s) {
        return StrictMath.round(s * 1e6);
    }
}
