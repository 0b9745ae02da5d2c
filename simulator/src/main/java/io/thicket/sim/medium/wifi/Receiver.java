package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.SplitMixes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What reaches one station's antenna while signals meet there: all that is on the air, and the one frame that it tries to read. There is
 * one from the first that meets another one until silence, since that is short; what comes and goes alone is in the {@link Air}.
 */
final class Receiver {
    /** What became of a transmission at one receiver. */
    enum Outcome {
        NOT_READ,
        DESTROYED,
        GOOD
    }

    /** Two meet; more are rare. */
    private static final int FIRST_CAPACITY = 2;

    private final Radio radio;
    private final Phy phy;
    private final SplitMixes draws;
    private final int station;

    /** What is on the air. */
    private @Nullable Transmission[] signals = new @Nullable Transmission[FIRST_CAPACITY];

    private double[] powers = new double[FIRST_CAPACITY];
    private int count;

    private @Nullable Transmission locked;
    private double lockedPower;
    private double lnSuccess;
    private long pieceStartUs;

    /** Of that station, and which of {@code draws} is its own. */
    Receiver(Radio radio, SplitMixes draws, int station) {
        this.radio = radio;
        this.phy = radio.phy();
        this.draws = draws;
        this.station = station;
    }

    boolean isSilent() {
        return count == 0;
    }

    /** A transmission begins here. A station that sends itself cannot read it. */
    void begin(long nowUs, Transmission transmission, double power, boolean deaf) {
        closePiece(nowUs);
        add(transmission, power);
        if (deaf || power < radio.decode()) {
            return;
        }
        Transmission reading = locked;
        boolean captures = reading != null
                && nowUs - reading.startUs < phy.preambleUs()
                && power >= phy.captureRatio() * disturbance(transmission);
        if (reading == null || captures) {
            lock(nowUs, transmission, power);
        }
    }

    private void add(Transmission transmission, double power) {
        if (count == signals.length) {
            signals = Arrays.copyOf(signals, 2 * count);
            powers = Arrays.copyOf(powers, 2 * count);
        }
        signals[count] = transmission;
        powers[count] = power;
        count++;
    }

    private void lock(long nowUs, Transmission transmission, double power) {
        locked = transmission;
        lockedPower = power;
        lnSuccess = 0;
        pieceStartUs = nowUs;
    }

    /** The station begins to send or is switched off: what it was reading is gone. */
    void deafen() {
        locked = null;
    }

    /** What became of a transmission that ends now; then it has still to {@link #end}. */
    Outcome outcome(Transmission transmission) {
        if (locked != transmission) {
            return Outcome.NOT_READ;
        }
        closePiece(transmission.endUs);
        return survives(lnSuccess, draws, station) ? Outcome.GOOD : Outcome.DESTROYED;
    }

    /** Whether a frame survives what it does with a probability of this natural logarithm. */
    static boolean survives(double ln, SplitMixes draws, int station) {
        return ln == 0 || draws.nextDouble(station) < StrictMath.exp(ln);
    }

    /** A transmission is here no longer. */
    void end(Transmission transmission) {
        closePiece(transmission.endUs);
        remove(transmission);
        if (locked == transmission) {
            locked = null;
            lockLate(transmission.endUs);
        }
    }

    private void remove(Transmission transmission) {
        int place = 0;
        while (signals[place] != transmission) {
            place++;
        }
        count--;
        signals[place] = signals[count];
        powers[place] = powers[count];
        signals[count] = null;
    }

    /** A frame whose beginning was covered may still be read, where the radio spares one. */
    private void lockLate(long nowUs) {
        for (int i = 0; i < count; i++) {
            Transmission covered = signals[i];
            if (covered != null && nowUs - covered.startUs < phy.spareableUs() && powers[i] >= radio.decode()) {
                lock(nowUs, covered, powers[i]);
                return;
            }
        }
    }

    private void closePiece(long nowUs) {
        Transmission reading = locked;
        if (reading != null && nowUs > pieceStartUs) {
            if (count > 1) {
                // The preamble counts as if it were data: its slower modulation would survive a little more.
                double bits = (nowUs - pieceStartUs) * phy.bitsPerUs();
                lnSuccess += bits * radio.reception().lnPerBit(lockedPower, radio.noise(), disturbance(reading));
            }
            pieceStartUs = nowUs;
        }
    }

    private double disturbance(Transmission wanted) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (signals[i] != wanted) {
                sum += powers[i];
            }
        }
        return sum;
    }
}
