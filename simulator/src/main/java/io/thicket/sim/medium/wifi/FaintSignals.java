package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Signals too weak to be sensed, and what they do to a frame that is being read. They are looked for only where transmissions overlap, when the
 * frame ends: few do, and most of those are too far away. Beside a signal that is sensed, a faint one is not counted.
 */
final class FaintSignals {
    /** ln of a frame's survival that is not drawn any more. */
    private static final double NEARLY_CERTAIN = -1e-4;

    private static final double LONGEST_BITS = 8 * 2_000;

    private final Radio radio;
    private final Reaches reaches;

    /** Of signal to noise and interference: from it on no frame is lost. */
    private final double safeRatio;

    /** What is on the air, and what ended while that was. */
    private @Nullable Transmission[] recent = new @Nullable Transmission[8];

    private int count;

    /** Those that may disturb the frame that ends now. */
    private int[] near = new int[8];

    private int nearCount;

    private double[] powers = new double[8];
    private long[] turnsUs = new long[16];

    FaintSignals(Radio radio, Reaches reaches) {
        this.radio = radio;
        this.safeRatio = radio.reception().ratioFor(NEARLY_CERTAIN / LONGEST_BITS);
        this.reaches = reaches;
    }

    /** The transmission goes on the air. */
    void begin(Transmission transmission) {
        if (reaches.faintReachM() <= 0) {
            return;
        }
        forget(transmission.startUs);
        if (count == recent.length) {
            recent = Arrays.copyOf(recent, 2 * count);
            near = new int[recent.length];
            powers = new double[recent.length];
            turnsUs = new long[2 * recent.length];
        }
        recent[count++] = transmission;
    }

    /** Whatever ended before the first of those began that are on the air. */
    private void forget(long nowUs) {
        long sinceUs = nowUs;
        for (int i = 0; i < count; i++) {
            Transmission its = at(i);
            sinceUs = its.endUs > nowUs ? Math.min(sinceUs, its.startUs) : sinceUs;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Transmission its = at(i);
            if (its.endUs > sinceUs) {
                recent[kept++] = its;
            }
        }
        Arrays.fill(recent, kept, count, null);
        count = kept;
    }

    private Transmission at(int index) {
        Transmission its = recent[index];
        if (its == null) {
            throw new AssertionError("nothing at " + index);
        }
        return its;
    }

    /** Whether there is anything for {@link #lnSurvival} to count. */
    boolean mayDisturb(Transmission ending) {
        nearCount = 0;
        for (int i = 0; i < count; i++) {
            Transmission other = at(i);
            boolean overlaps = other != ending && other.startUs < ending.endUs && other.endUs > ending.startUs;
            if (overlaps && reaches.isFaintNear(ending, other)) {
                near[nearCount++] = i;
            }
        }
        return nearCount > 0;
    }

    /** ln of the probability that the frame survives them at {@code to}, where it comes with {@code power}; 0 for what is nearly certain. */
    double lnSurvival(Transmission ending, int to, double power) {
        // Each of them is weaker than what is sensed.
        if (power >= safeRatio * (radio.noise() + nearCount * radio.sense())) {
            return 0;
        }
        int turns = 0;
        boolean any = false;
        for (int i = 0; i < nearCount; i++) {
            Transmission other = at(near[i]);
            powers[i] = other.from == to ? 0 : reaches.faintPower(other.from, to, ending.endUs);
            any |= powers[i] > 0;
            turnsUs[turns++] = Math.max(other.startUs, ending.startUs);
            turnsUs[turns++] = Math.min(other.endUs, ending.endUs);
        }
        if (!any) {
            return 0;
        }
        Arrays.sort(turnsUs, 0, turns);
        double ln = 0;
        for (int i = 1; i < turns; i++) {
            long fromUs = turnsUs[i - 1];
            double sum = turnsUs[i] > fromUs ? sumAt(fromUs) : 0;
            if (sum > 0) {
                double bits = (turnsUs[i] - fromUs) * radio.phy().bitsPerUs();
                ln += bits * radio.reception().lnPerBit(power, radio.noise(), sum);
            }
        }
        return ln;
    }

    private double sumAt(long atUs) {
        double sum = 0;
        for (int i = 0; i < nearCount; i++) {
            Transmission other = at(near[i]);
            sum += other.startUs <= atUs && other.endUs > atUs ? powers[i] : 0;
        }
        return sum;
    }
}
