package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What reaches one station's antenna while signals meet there: all that is on the air, and the one frame that it tries to read. From
 * the first that meets another one until silence; what comes and goes alone is the {@link Station}'s own affair.
 */
final class Receiver {
    private final Radio radio;
    private final Phy phy;
    private final RandomGenerator random;
    private static final Transmission[] NO_OTHERS = {};
    private static final double[] NO_POWERS = {};

    private int count;

    /** What is on the air: the first here, the others in arrays that few receivers ever make. */
    private @Nullable Transmission first;

    private double firstPower;
    private Transmission[] others = NO_OTHERS;
    private double[] otherPowers = NO_POWERS;

    private @Nullable Transmission locked;
    private double lockedPower;
    private double lnSuccess;
    private long pieceStartUs;

    Receiver(Radio radio, RandomGenerator random) {
        this.radio = radio;
        this.phy = radio.phy();
        this.random = random;
    }

    /** A transmission begins here. A station that sends itself cannot read it. */
    void begin(long nowUs, Transmission transmission, double power, boolean deaf) {
        closePiece(nowUs);
        put(count, transmission, power);
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
            if (at(i) == transmission) {
                count--;
                put(i, at(count), power(count));
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
            if (nowUs - at(i).startUs < phy.spareableUs() && power(i) >= radio.decode()) {
                locked = at(i);
                lockedPower = power(i);
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
            if (at(i) != wanted) {
                sum += power(i);
            }
        }
        return sum;
    }

    private Transmission at(int place) {
        Transmission its = place == 0 ? first : others[place - 1];
        if (its == null) {
            throw new AssertionError("nothing is on the air at place " + place);
        }
        return its;
    }

    private double power(int place) {
        return place == 0 ? firstPower : otherPowers[place - 1];
    }

    private void put(int place, Transmission transmission, double power) {
        if (place == 0) {
            first = transmission;
            firstPower = power;
            return;
        }
        if (place > others.length) {
            others = Arrays.copyOf(others, 2 * place);
            otherPowers = Arrays.copyOf(otherPowers, 2 * place);
        }
        others[place - 1] = transmission;
        otherPowers[place - 1] = power;
    }
}
