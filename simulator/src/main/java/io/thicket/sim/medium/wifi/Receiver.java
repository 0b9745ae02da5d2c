package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What reaches one station's antenna: all that is on the air there, and the one frame that it tries to read. */
final class Receiver {
    private final Radio radio;
    private final Phy phy;
    private final RandomGenerator random;
    private Transmission[] present = new Transmission[4];
    private double[] powers = new double[4];
    private int count;

    private @Nullable Transmission locked;
    private double lockedPower;
    private double lnSuccess;
    private long pieceStartUs;

    Receiver(Radio radio, RandomGenerator random) {
        this.radio = radio;
        this.phy = radio.phy();
        this.random = random;
    }

    boolean isBusy() {
        return count > 0;
    }

    /** A transmission begins here. A station that sends itself cannot read it. */
    void begin(long nowUs, Transmission transmission, double power, boolean deaf) {
        closePiece(nowUs);
        if (count == present.length) {
            present = Arrays.copyOf(present, 2 * count);
            powers = Arrays.copyOf(powers, 2 * count);
        }
        present[count] = transmission;
        powers[count] = power;
        count++;
        if (deaf || power < radio.decode()) {
            return;
        }
        Transmission reading = locked;
        boolean captures = reading != null
                && nowUs - reading.startUs < phy.preambleUs()
                && power >= phy.captureRatio() * disturbance(transmission);
        if (reading == null || captures) {
            locked = transmission;
            lockedPower = power;
            lnSuccess = 0;
            pieceStartUs = nowUs;
        }
    }

    /** The station begins to send: what it was reading is gone. */
    boolean deafen() {
        boolean wasReading = locked != null;
        locked = null;
        return wasReading;
    }

    /** A transmission ends here; whether it was read without an error. */
    Outcome end(long nowUs, Transmission transmission, boolean deaf) {
        closePiece(nowUs);
        for (int i = 0; i < count; i++) {
            if (present[i] == transmission) {
                count--;
                present[i] = present[count];
                powers[i] = powers[count];
                break;
            }
        }
        if (locked != transmission) {
            return Outcome.NOT_READ;
        }
        locked = null;
        double ln = lnSuccess;
        if (count > 0 && !deaf) {
            lockLate(nowUs);
        }
        boolean good = ln == 0 || random.nextDouble() < StrictMath.exp(ln);
        return good ? Outcome.GOOD : Outcome.DESTROYED;
    }

    /** A frame whose beginning was covered may still be read, where the radio spares one. */
    private void lockLate(long nowUs) {
        for (int i = 0; i < count && locked == null; i++) {
            if (nowUs - present[i].startUs < phy.spareableUs() && powers[i] >= radio.decode()) {
                locked = present[i];
                lockedPower = powers[i];
                lnSuccess = 0;
                pieceStartUs = nowUs;
            }
        }
    }

    /** What became of a transmission at one receiver. */
    enum Outcome {
        NOT_READ,
        DESTROYED,
        GOOD
    }

    private void closePiece(long nowUs) {
        Transmission reading = locked;
        if (reading != null && nowUs > pieceStartUs) {
            if (count > 1) {
                // The preamble counts as if it were data: its slower modulation would survive a little more.
                double bits = (nowUs - pieceStartUs) * phy.bitsPerUs();
                lnSuccess += bits * radio.reception().lnPerBit(lockedPower, radio.noise() + disturbance(reading));
            }
            pieceStartUs = nowUs;
        }
    }

    private double disturbance(Transmission wanted) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (present[i] != wanted) {
                sum += powers[i];
            }
        }
        return sum;
    }
}
