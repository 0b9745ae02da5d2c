package io.thicket.sim.run;

import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.Measured;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.SensorPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the sensors of a run measure. Asked in the order of time. */
final class SensorValues {
    /** One value of one node. */
    private final class Source {
        private final int node;
        private final SensorPlan plan;
        private final RandomGenerator walk;
        private final RandomGenerator noise;
        private double walked;
        private long steps;
        private int nextRow;
        private double held = Double.NaN;
        private double last = Double.NaN;

        Source(int node, int number, SensorPlan plan, Seeds seeds) {
            this.node = node;
            this.plan = plan;
            long its = (long) number << 32 | node;
            walk = seeds.generator("sensor-walk", its);
            noise = seeds.generator("sensor-noise", its);
            walked = plan.value();
        }

        /** NaN if there is none yet. */
        double at(long nowUs) {
            if (!Double.isNaN(last) && isStuck(node, nowUs)) {
                return last;
            }
            double exact = exact(nowUs) + (plan.noise() > 0 ? plan.noise() * Normal.draw(noise) : 0);
            last = Double.isNaN(exact)
                    ? exact
                    : new BigDecimal(exact)
                            .setScale(plan.decimals(), RoundingMode.HALF_EVEN)
                            .doubleValue();
            return last;
        }

        private double exact(long nowUs) {
            return switch (plan.source()) {
                case CONSTANT -> plan.value();
                case SINE -> {
                    double turns = (nowUs / 1e3 - plan.peakMs()) / plan.periodMs();
                    yield plan.value() + plan.amplitude() * StrictMath.cos(2 * StrictMath.PI * turns);
                }
                case RANDOM_WALK -> {
                    for (; steps < nowUs / 1_000 / plan.everyMs(); steps++) {
                        walked = inside(walked + plan.step() * Normal.draw(walk));
                    }
                    yield walked;
                }
                case CSV -> {
                    List<SensorPlan.Row> table = plan.table();
                    for (; nextRow < table.size() && table.get(nextRow).atUs() <= nowUs; nextRow++) {
                        int whose = table.get(nextRow).node();
                        held = whose == SensorPlan.ALL || whose == node
                                ? table.get(nextRow).value()
                                : held;
                    }
                    yield held;
                }
            };
        }

        /** A walk that meets a border goes back by what it would have gone beyond. */
        private double inside(double value) {
            double back =
                    value > plan.max() ? 2 * plan.max() - value : value < plan.min() ? 2 * plan.min() - value : value;
            return Math.max(plan.min(), Math.min(plan.max(), back));
        }
    }

    private final PerNode<Source> byNode;
    private final List<FaultPlan> stuck;

    SensorValues(Scenario scenario) {
        Seeds seeds = new Seeds(scenario.seed());
        byNode = new PerNode<>(scenario.nodes().count());
        List<SensorPlan> plans = scenario.world().sensors();
        for (int number = 0; number < plans.size(); number++) {
            for (int node : plans.get(number).nodes()) {
                byNode.add(node, new Source(node, number, plans.get(number), seeds));
            }
        }
        stuck = scenario.faults().stream()
                .filter(fault -> fault.kind() == FaultPlan.Kind.SENSOR
                        && fault.misbehaviour().equals("stuck"))
                .toList();
    }

    /** The values of a reading that {@code node} makes now. */
    List<Measured> at(int node, long nowUs) {
        List<Measured> all = new ArrayList<>();
        for (Source source : byNode.of(node)) {
            double value = source.at(nowUs);
            if (!Double.isNaN(value)) {
                String unit = source.plan.unit();
                all.add(new Measured(source.plan.name(), unit.isEmpty() ? null : unit, value));
            }
        }
        return all.isEmpty() ? List.of() : all; // each packet keeps its own
    }

    private boolean isStuck(int node, long nowUs) {
        for (FaultPlan fault : stuck) {
            if (LinkFaults.isActive(fault, nowUs) && fault.nodes().contains(node)) {
                return true;
            }
        }
        return false;
    }
}
