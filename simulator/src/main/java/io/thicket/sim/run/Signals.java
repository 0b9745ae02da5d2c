package io.thicket.sim.run;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.DsssErrorRate;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.medium.wifi.Reception;
import io.thicket.sim.scenario.file.LinkRow;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.RadioPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a scenario's radio makes of places or of a table: power and loss of each direction, faults aside. */
final class Signals {
    /** The frame that the curve of losses is taken at. */
    private static final int TYPICAL_BITS = 8 * 100;

    /** What real receivers are worse than ideal ones. */
    private static final double IMPLEMENTATION_LOSS_DB = 3;

    private final RadioPlan plan;
    private final Seeds seeds;
    private final Positions positions;
    private final int nodes;
    private final Map<Long, Double> table = new HashMap<>();
    private final double noise;

    Signals(RadioPlan plan, NodePlan nodes, Seeds seeds) {
        this.plan = plan;
        this.seeds = seeds;
        this.positions = nodes.positions();
        this.nodes = nodes.count();
        this.noise = mw(plan.noiseDbm());
        for (LinkRow link : nodes.links()) {
            table.merge(key(link.from(), link.to()), link.delivery(), Math::max);
        }
    }

    /** What the medium's receivers are. */
    Radio radio() {
        Reception reception = plan.sinr() ? Reception.DQPSK : Reception.TEN_DB;
        return switch (plan.model()) {
            case RANGE, LINKS -> new Radio(name(), false, 1, 1, 0, reception);
            case TWO_RAY -> plan.sinr() ? Radio.CMU : Radio.CMU_10DB;
            case LOG_DISTANCE -> new Radio(name(), true, noise, noise, noise, reception);
        };
    }

    private String name() {
        return plan.model().name().toLowerCase(java.util.Locale.ROOT);
    }

    double power(int from, int to, double squaredM) {
        return switch (plan.model()) {
            case RANGE -> squaredM <= plan.rangeM() * plan.rangeM() ? 1 : 0;
            case TWO_RAY -> Radio.CMU.power(squaredM);
            case LINKS -> table.getOrDefault(key(from, to), 0.0) > 0 ? 1 : 0;
            case LOG_DISTANCE -> {
                double power = mw(rxDbm(from, to, squaredM));
                yield power >= noise ? power : 0;
            }
        };
    }

    /** Share of the frames that are lost although nothing interferes. */
    double loss(int from, int to, long atUs) {
        return switch (plan.model()) {
            case RANGE, TWO_RAY -> 0;
            case LINKS -> 1 - table.getOrDefault(key(from, to), 0.0);
            case LOG_DISTANCE -> {
                double snrDb = rxDbm(from, to, squared(from, to, atUs)) - plan.noiseDbm() - IMPLEMENTATION_LOSS_DB;
                yield 1 - DsssErrorRate.success(DsssErrorRate.dqpsk(mw(snrDb)), TYPICAL_BITS);
            }
        };
    }

    /** Share of the frames that arrive if nothing interferes. */
    double delivery(int from, int to, long atUs) {
        double power = power(from, to, squared(from, to, atUs));
        double least =
                switch (plan.model()) {
                    case RANGE, LINKS -> 1;
                    case TWO_RAY -> Radio.CMU.decode();
                    case LOG_DISTANCE -> noise;
                };
        return power < least ? 0 : 1 - loss(from, to, atUs);
    }

    private double squared(int from, int to, long atUs) {
        double dx = positions.x(from, atUs) - positions.x(to, atUs);
        double dy = positions.y(from, atUs) - positions.y(to, atUs);
        return dx * dx + dy * dy;
    }

    private double rxDbm(int from, int to, double squaredM) {
        double lossDb = plan.referenceLossDb() + 5 * plan.exponent() * StrictMath.log10(Math.max(1, squaredM));
        double shadowDb = plan.shadowingDb() * normal("shadow", Math.min(from, to), Math.max(from, to));
        double ownDb = plan.shadowingDb() == 0 ? 0 : plan.asymmetryDb() * normal("asymmetry", from, to);
        return plan.txDbm() - lossDb - shadowDb - ownDb;
    }

    /** Drawn from the names of the two, not in the order of asking: a node more does not change the others' links. */
    private double normal(String purpose, int one, int other) {
        RandomGenerator random = seeds.generator(purpose, (long) one << 32 | other);
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    private long key(int from, int to) {
        return (long) from * nodes + to;
    }

    private static double mw(double dbm) {
        return StrictMath.pow(10, dbm / 10);
    }
}
