package io.thicket.sim.node;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A virtual sensor: every period it gives one reading with a temperature and a serial number, which makes each reading
 * recognisable at the far end.
 */
public final class SimSensor implements Sensor {
    /** The observation that carries the serial number. */
    public static final String SERIAL = "serial";

    private final String name;
    private final Timers timers;
    private final RandomGenerator random;
    private final long periodMs;
    private final Source source;
    private @Nullable SensorListener listener;
    private Timers.@Nullable Handle timer;
    private long readings;

    /**
     * A sensor that reads every {@code periodMs}, the first time at a random moment of the first period.
     *
     * @param source draws the serial numbers; asked once for each reading, just before the node gets it
     */
    public SimSensor(String name, Timers timers, RandomGenerator random, long periodMs, Source source) {
        if (periodMs < 1) {
            throw new IllegalArgumentException("period " + periodMs + " ms");
        }
        this.name = name;
        this.timers = timers;
        this.random = random;
        this.periodMs = periodMs;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(SensorListener newListener) {
        listener = newListener;
        newListener.onStatus(status());
        timer = timers.at(timers.nowMs() + random.nextLong(periodMs), this::read);
    }

    @Override
    public Status status() {
        return new Status("virtual", "ready", "", "", readings, 0, 0, 0);
    }

    @Override
    public void close() {
        listener = null;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void read() {
        SensorListener to = listener;
        if (to == null) {
            return;
        }
        timer = timers.at(timers.nowMs() + periodMs, this::read);
        long serial = source.nextSerial();
        if (serial < 0) {
            return;
        }
        readings++;
        to.onReading(
                timers.nowMs(),
                List.of(
                        Observation.good(SERIAL, (double) serial, null),
                        Observation.good("temperature", 15 + random.nextInt(100) / 10.0, "Cel")));
    }

    /** Where serial numbers come from. */
    @FunctionalInterface
    public interface Source {
        /** The next number, or -1 for "no reading this time". */
        long nextSerial();
    }
}
