package io.thicket.sim.run;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.lab.LabMeter;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All batteries of a run: they are emptied by what nodes do, and an empty one takes its node down. */
final class Batteries implements LabMeter {
    /** A battery is looked at again this much later at the earliest, so that a node lives at most so much too long. */
    private static final long SHORTEST_US = 100_000;

    /** With a panel, the sun is taken anew so often. */
    private static final long SUN_US = 300_000_000;

    /** What an empty or filled battery does to its node. */
    interface Power {
        void emptied(int node);

        void filled(int node);
    }

    /** A node's battery ran dry. */
    record Death(int node, long atUs) {}

    private final Simulation simulation;
    private final Power power;
    private final TreeMap<Integer, Battery> batteries = new TreeMap<>();
    private final @Nullable Battery[] byNode;
    private final boolean[] dead;
    private final RadioTimes radios;
    private final List<Death> deaths = new ArrayList<>();
    private final long endUs;
    private double warmUpJ = Double.NaN;

    Batteries(Scenario scenario, Simulation simulation, Power power) {
        this.simulation = simulation;
        this.power = power;
        int nodes = scenario.nodes().count();
        radios = new RadioTimes(nodes);
        dead = new boolean[nodes];
        byNode = new @Nullable Battery[nodes];
        endUs = scenario.durationMs() * 1_000;
        for (EnergyPlan plan : scenario.world().energy()) {
            for (int node : plan.nodes()) {
                Battery battery = new Battery(plan);
                batteries.put(node, battery);
                byNode[node] = battery;
            }
        }
    }

    /** Begins to look after them. */
    void start() {
        batteries.forEach(this::plan);
    }

    boolean isEmpty() {
        return batteries.isEmpty();
    }

    /** In the order of time. */
    List<Death> deaths() {
        return List.copyOf(deaths);
    }

    /** What came of each, up to now. */
    EnergyFigures figures() {
        List<EnergyFigures.Node> nodes = new ArrayList<>();
        batteries.forEach((node, battery) -> {
            advance(node, battery);
            long died = deaths.stream().filter(death -> death.node() == node).count();
            double firstS = deaths.stream()
                    .filter(death -> death.node() == node)
                    .mapToDouble(death -> death.atUs() / 1e6)
                    .findFirst()
                    .orElse(Double.NaN);
            nodes.add(new EnergyFigures.Node(
                    node,
                    battery.usedJ(),
                    battery.chargeJ() / battery.plan.capacityJ(),
                    battery.lifetimeDays(),
                    radios.sentUs(node) / 1e6,
                    radios.heardUs(node) / 1e6,
                    died,
                    firstS));
        });
        return new EnergyFigures(nodes, warmUpJ);
    }

    @Override
    public void began(int from, int[] receivers, long startUs, long untilUs) {
        if (byNode[from] != null) {
            radios.sends(from, startUs, untilUs);
        }
        for (int receiver : receivers) {
            Battery battery = byNode[receiver];
            if (battery != null && battery.isOn()) {
                radios.hears(receiver, startUs, untilUs);
            }
        }
    }

    @Override
    public void powered(long nowUs, int node, boolean up) {
        Battery battery = byNode[node];
        if (battery != null) {
            advance(node, battery);
            battery.power(up);
        }
    }

    @Override
    public void warmedUp(long nowUs) {
        warmUpJ = 0;
        batteries.forEach(
                (node, battery) -> warmUpJ += battery.usedJ(nowUs, radios.sentUs(node), radios.heardUs(node)));
    }

    private void advance(int node, Battery battery) {
        battery.advance(simulation.nowUs(), radios.sentUs(node), radios.heardUs(node));
    }

    private void plan(int node, Battery battery) {
        boolean sunny = battery.plan.solarW() > 0;
        if (battery.isEmpty() && !sunny && dead[node]) {
            return; // nothing fills it any more
        }
        long waitUs = dead[node] ? SUN_US : Math.max(SHORTEST_US, battery.lastsUs());
        long atUs = simulation.nowUs() + (sunny ? Math.min(SUN_US, waitUs) : waitUs);
        if (atUs <= endUs) {
            simulation.schedule(node, atUs, () -> look(node, battery));
        }
    }

    private void look(int node, Battery battery) {
        advance(node, battery);
        if (!dead[node] && battery.isEmpty()) {
            dead[node] = true;
            deaths.add(new Death(node, simulation.nowUs()));
            power.emptied(node);
        } else if (dead[node] && battery.mayStart()) {
            dead[node] = false;
            power.filled(node);
        }
        plan(node, battery);
    }
}
