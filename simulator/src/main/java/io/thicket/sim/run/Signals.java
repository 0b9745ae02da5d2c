package io.thicket.sim.run;

import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.medium.wifi.UrbanLinks;
import io.thicket.sim.scenario.file.LinkRow;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.PhyPlan;
import io.thicket.sim.scenario.file.RadioPlan;
import java.util.HashMap;
import java.util.Map;

/** What a scenario's radio makes of places or of a table: power and loss of each direction, faults aside. */
final class Signals {
    /** Of what kind a link is: so much of it both ways, the rest of each direction by itself; their squares make 1. */
    private static final double COMMON = 0.8;

    private static final double OWN = 0.6;

    /** Of signals that are not sensed those are counted that are there on most of the links of their length. */
    private static final double FAINT_LUCK = 1;

    private static final double REACH_MARGIN = 1.001;
    private static final double FARTHEST_M = 1e9;

    private final RadioPlan plan;
    private final Seeds seeds;
    private final Positions positions;
    private final int nodes;
    private final Map<Long, Double> table = new HashMap<>();
    private final double noise;
    private final double sensed;
    private final double faint;
    /** What {@link Radio#CMU}'s transmitter is multiplied by. */
    private final double gain;

    private final NodeOffsets offsets;
    private final Shadowing shadowing;

    Signals(RadioPlan plan, NodePlan nodes, Seeds seeds) {
        this.plan = plan;
        this.seeds = seeds;
        this.positions = nodes.positions();
        this.nodes = nodes.count();
        this.noise = mw(plan.noiseDbm());
        this.sensed = noise * mw(plan.phy().sensedSnrDb());
        this.faint = noise * mw(plan.phy().faintSnrDb());
        this.gain = mw(plan.txDbm() - Radio.TX_DBM);
        this.offsets = NodeOffsets.draw(plan.nodeOffsetDb(), plan.nodeOffsetWidthM(), positions, seeds);
        this.shadowing = new Shadowing(
                plan.shadowingWidthM(), plan.shadowingDb() == 0 ? 0 : plan.shadowingAlike(), positions, seeds);
        for (LinkRow link : nodes.links()) {
            table.merge(key(link.from(), link.to()), link.delivery(), Math::max);
        }
    }

    /** What the medium's receivers are. */
    Radio radio() {
        Radio plain =
                switch (kind()) {
                    case DISK -> new Radio(name(), false, 1, 1, 0, plan.phy().reception(plan.sinr()));
                    case CMU -> plan.sinr() ? Radio.CMU : Radio.CMU_10DB;
                    case BUDGET ->
                        // LoRa's threshold is one of signal to interference: it reads below the noise.
                        new Radio(
                                name(),
                                true,
                                sensed,
                                sensed,
                                isLora() ? 0 : noise,
                                plan.phy().reception(plan.sinr()));
                };
        boolean real = kind() == Kind.BUDGET;
        return plain.with(
                plan.phy().phy(),
                real ? plan.phy().realReception(plan.sinr()) : plan.phy().reception(plan.sinr()));
    }

    /** How power and losses come about. */
    private enum Kind {
        /** All signals that are there are equally strong. */
        DISK,
        /** Two-ray ground with the thresholds of the CMU papers. */
        CMU,
        /** Transmitted power less the loss of the path, over noise. */
        BUDGET
    }

    private Kind kind() {
        return switch (plan.model()) {
            case RANGE, LINKS -> Kind.DISK;
            case TWO_RAY -> isLora() ? Kind.BUDGET : Kind.CMU;
            case LOG_DISTANCE, URBAN -> Kind.BUDGET;
        };
    }

    private boolean isLora() {
        return plan.phy().kind() == PhyPlan.Kind.LORA;
    }

    private String name() {
        return plan.model().name().toLowerCase(java.util.Locale.ROOT);
    }

    double power(int from, int to, double squaredM) {
        return switch (plan.model()) {
            case RANGE -> squaredM <= plan.rangeM() * plan.rangeM() ? 1 : 0;
            case LINKS -> table.getOrDefault(key(from, to), 0.0) > 0 ? 1 : 0;
            case TWO_RAY, LOG_DISTANCE, URBAN -> {
                boolean cmu = kind() == Kind.CMU;
                double power = cmu ? Radio.twoRayGround(squaredM) * gain : mw(rxDbm(from, to, squaredM));
                yield power >= (cmu ? Radio.CMU.sense() : sensed) ? power : 0;
            }
        };
    }

    /** Power of a signal that is not sensed and disturbs, 0 if there is none: only sums of powers know such signals. */
    double faintPower(int from, int to, double squaredM) {
        if (!hasFaint()) {
            return 0;
        }
        double power = mw(rxDbm(from, to, squaredM));
        return power < sensed && power >= faint ? power : 0;
    }

    private boolean hasFaint() {
        return kind() == Kind.BUDGET && plan.sinr() && faint < sensed;
    }

    /** So far away {@link #faintPower} is looked for, m: the few that are luckier than {@link #FAINT_LUCK} are left out. */
    double faintReachM() {
        return hasFaint() ? reachM(plan.phy().faintSnrDb(), FAINT_LUCK) : 0;
    }

    /** No two nodes farther apart than this sense each other, m; infinite where a table says who does. */
    double reachM() {
        return reachM(plan.phy().sensedSnrDb(), Normal.LUCKIEST);
    }

    private double reachM(double snrDb, double luck) {
        if (plan.model() == RadioPlan.Model.LINKS) {
            return Double.POSITIVE_INFINITY;
        }
        if (plan.model() == RadioPlan.Model.RANGE) {
            return plan.rangeM() * REACH_MARGIN;
        }
        // Power falls with the distance, so that halving finds where it ends.
        double near = 1;
        double far = 1;
        while (far < FARTHEST_M && isThereAt(far, snrDb, luck)) {
            near = far;
            far *= 2;
        }
        for (int i = 0; i < 64; i++) {
            double middle = (near + far) / 2;
            if (isThereAt(middle, snrDb, luck)) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return far * REACH_MARGIN;
    }

    /** Whether a link of that many standard deviations has that SNR at this distance. */
    private boolean isThereAt(double metres, double snrDb, double luck) {
        double squaredM = metres * metres;
        if (kind() == Kind.CMU) {
            return Radio.twoRayGround(squaredM) * gain >= Radio.CMU.sense();
        }
        // Of two-ray ground nothing is drawn.
        double luckDb = plan.model() == RadioPlan.Model.TWO_RAY ? 0 : luck * (plan.shadowingDb() + plan.asymmetryDb());
        return meanDbm(squaredM) + luckDb + offsets.mostDb() >= plan.noiseDbm() + snrDb;
    }

    /** Share of the frames that are lost although nothing interferes. */
    double loss(int from, int to, long atUs) {
        return 1 - kept(from, to, atUs);
    }

    /** The rest, of a table as it was written: 1 less the loss would be a bit beside it. */
    private double kept(int from, int to, long atUs) {
        return switch (kind()) {
            case CMU -> 1;
            case DISK -> plan.model() == RadioPlan.Model.LINKS ? table.getOrDefault(key(from, to), 0.0) : 1;
            case BUDGET -> {
                double snrDb = rxDbm(from, to, squared(from, to, atUs)) - plan.noiseDbm();
                yield plan.model() == RadioPlan.Model.URBAN
                        ? UrbanLinks.delivery(snrDb, kindOf(from, to))
                        : plan.phy().delivery(snrDb);
            }
        };
    }

    /** Share of the frames that arrive if nothing interferes. */
    double delivery(int from, int to, long atUs) {
        double power = power(from, to, squared(from, to, atUs));
        double least =
                switch (kind()) {
                    case DISK -> 1;
                    case CMU -> Radio.CMU.decode();
                    case BUDGET -> sensed;
                };
        return power < least ? 0 : kept(from, to, atUs);
    }

    private double squared(int from, int to, long atUs) {
        double dx = positions.x(from, atUs) - positions.x(to, atUs);
        double dy = positions.y(from, atUs) - positions.y(to, atUs);
        return dx * dx + dy * dy;
    }

    private double rxDbm(int from, int to, double squaredM) {
        if (plan.model() == RadioPlan.Model.TWO_RAY) {
            return meanDbm(squaredM);
        }
        double shadowDb = plan.shadowingDb() * shadowing.of(from, to);
        double ownDb = plan.asymmetryDb() == 0 ? 0 : plan.asymmetryDb() * normal("asymmetry", from, to);
        return meanDbm(squaredM) + offsets.db(from, to) - shadowDb - ownDb;
    }

    private double meanDbm(double squaredM) {
        if (plan.model() == RadioPlan.Model.TWO_RAY) {
            return 10 * StrictMath.log10(Radio.twoRayGround(squaredM) * gain);
        }
        double lossDb = plan.referenceLossDb() + 5 * plan.exponent() * StrictMath.log10(Math.max(1, squaredM));
        return plan.txDbm() - lossDb;
    }

    /** Whether a link is a good or a bad one for its SNR, standard normal. */
    private double kindOf(int from, int to) {
        return COMMON * normal("urban", Math.min(from, to), Math.max(from, to)) + OWN * normal("urban-own", from, to);
    }

    /** Drawn from the names of the two, not in the order of asking: a node more does not change the others' links. */
    private double normal(String purpose, int one, int other) {
        return Normal.draw(seeds.generator(purpose, (long) one << 32 | other));
    }

    private long key(int from, int to) {
        return (long) from * nodes + to;
    }

    private static double mw(double dbm) {
        return StrictMath.pow(10, dbm / 10);
    }
}
