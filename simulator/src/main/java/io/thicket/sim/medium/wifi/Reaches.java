package io.thicket.sim.medium.wifi;

import io.thicket.routing.table.LinkedRows;
import io.thicket.sim.kernel.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who hears whom: what positions and propagation say, kept where nobody moves, and what is lost beside interference. */
final class Reaches {
    /** Pairs of a sender and one whom it disturbs that are remembered, 40 bytes each. */
    private static final int FAINT_PER_NODE = 128;

    private final Seeds seeds;
    private final double decode;
    private final Positions positions;
    private final @Nullable Reach[] reaches;

    /** Their numbers; empty where nobody moves. */
    private final int[] everybody;

    private final Map<Long, RandomGenerator> lossDraws = new HashMap<>();
    private Propagation propagation;

    /** Made when the first reach is asked for; null where nodes move. */
    private @Nullable Nearby nearby;

    private double loss;
    private double faintReachM;

    /** Where nobody moves, of pairs that were asked for: what is drawn of a link costs more than to look it up. */
    private LinkedRows faintPowers = new LinkedRows(0, 2);

    /** Squared: no farther from each other are a sender and one that disturbs somebody whom it reaches. */
    private double faintSquaredM;

    Reaches(Seeds seeds, Radio radio, Positions positions) {
        if (positions.nodes() > Reach.MAX_STATIONS) {
            throw new IllegalArgumentException(
                    positions.nodes() + " stations, more than the " + Reach.MAX_STATIONS + " that can share a channel");
        }
        this.seeds = seeds;
        this.decode = radio.decode();
        this.propagation = (from, to, squaredM) -> radio.power(squaredM);
        this.positions = positions;
        this.reaches = new @Nullable Reach[positions.nodes()];
        this.everybody = positions.isStatic()
                ? new int[0]
                : IntStream.range(0, reaches.length).toArray();
    }

    void setLoss(double probability) {
        loss = probability;
    }

    void setPropagation(Propagation newPropagation) {
        propagation = newPropagation;
        faintReachM = newPropagation.faintReachM();
        double together = faintReachM > 0 ? faintReachM + newPropagation.reachM() : 0;
        faintSquaredM = together * together;
        nearby = null;
        propagationChanged();
    }

    void propagationChanged() {
        Arrays.fill(reaches, null);
        faintPowers = new LinkedRows(0, 2);
    }

    /** Whether no reception of it fails beside interference. */
    boolean isLossless(Transmission transmission) {
        return loss == 0 && isNow(transmission) && transmission.reach.isLossless();
    }

    /** Whether the reception at the receiver of that place in the transmission's list, which can read it, fails beside all else. */
    boolean isLost(Transmission transmission, int place) {
        int from = transmission.from;
        int to = transmission.reach.receiver(place);
        double onLink =
                isNow(transmission) ? transmission.reach.loss(propagation, from, place) : propagation.loss(from, to);
        double either = loss + onLink - loss * onLink;
        if (either <= 0) {
            return false;
        }
        long link = (long) from * reaches.length + to;
        return lossDraws
                        .computeIfAbsent(link, unused -> seeds.generator("wifi-loss", link))
                        .nextDouble()
                < either;
    }

    /** While a frame is on the air the propagation may change: it goes to those whom it went out to, with the loss of now. */
    private boolean isNow(Transmission transmission) {
        return transmission.reach == reaches[transmission.from];
    }

    /** No signal that is not sensed is taken to disturb anybody farther away, in m; 0 if none does at all. */
    double faintReachM() {
        return faintReachM;
    }

    /** Whether the other one may disturb somebody who reads this one. */
    boolean isFaintNear(Transmission read, Transmission other) {
        return squaredM(read.from, other.from, read.endUs) <= faintSquaredM;
    }

    /** Power of what {@code from} sends at {@code to} if it is not sensed and disturbs. */
    double faintPower(int from, int to, long nowUs) {
        double squaredM = squaredM(from, to, nowUs);
        if (squaredM > faintReachM * faintReachM) {
            return 0;
        }
        if (!positions.isStatic()) {
            return propagation.faintPower(from, to, squaredM);
        }
        int slot = faintPowers.find(from, to);
        if (slot == LinkedRows.NONE) {
            if (faintPowers.size() >= FAINT_PER_NODE * reaches.length) {
                faintPowers.remove(faintPowers.oldest());
            }
            double power = propagation.faintPower(from, to, squaredM);
            slot = faintPowers.add(from, to);
            faintPowers.setWideCell(slot, 0, Double.doubleToRawLongBits(power));
        }
        return Double.longBitsToDouble(faintPowers.wideCell(slot, 0));
    }

    private double squaredM(int one, int other, long nowUs) {
        double dx = positions.x(one, nowUs) - positions.x(other, nowUs);
        double dy = positions.y(one, nowUs) - positions.y(other, nowUs);
        return dx * dx + dy * dy;
    }

    Reach of(int from, long nowUs) {
        Reach known = reaches[from];
        if (known != null) {
            return known;
        }
        double x = positions.x(from, nowUs);
        double y = positions.y(from, nowUs);
        int[] candidates = candidates(from);
        int[] receivers = new int[candidates.length];
        char[] powers = new char[candidates.length];
        int count = 0;
        for (int i : candidates) {
            if (i == from) {
                continue;
            }
            double dx = positions.x(i, nowUs) - x;
            double dy = positions.y(i, nowUs) - y;
            double power = propagation.power(from, i, dx * dx + dy * dy);
            if (power > 0) {
                receivers[count] = i;
                powers[count] = ShortPower.of(power);
                count++;
            }
        }
        Reach reach = new Reach(count, receivers, powers, decode);
        if (positions.isStatic()) {
            reaches[from] = reach;
        }
        return reach;
    }

    /** Ascending: all whom {@code from} may reach. */
    private int[] candidates(int from) {
        if (!positions.isStatic()) {
            return everybody;
        }
        Nearby known = nearby;
        if (known == null) {
            known = new Nearby(positions, propagation.reachM());
            nearby = known;
        }
        return known.around(from);
    }
}
