package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.VirtualDevice;
import io.thicket.drivers.virtual.SensorSimulator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A sensor without a device, paced by the node's own timers. The same generator and times give the same readings. */
public final class VirtualSensor implements Sensor {
    /** Shortest time between two readings. */
    public static final long MIN_INTERVAL_MS = 10;

    private final String name;
    private final String driver;
    private final SensorSimulator simulator;
    private final long intervalMs;
    private final long minIntervalMs;
    private final Timers timers;
    private final RandomGenerator random;
    private Timers.@Nullable Handle next;
    private long startedAtMs;
    private long passAgainAtMs = Long.MIN_VALUE;
    private long readings;
    private boolean running;

    /** Faulty options are an {@link IllegalArgumentException} that says what is allowed. */
    public VirtualSensor(
            String name,
            VirtualDevice device,
            Map<String, String> options,
            long intervalMs,
            long minIntervalMs,
            Timers timers,
            RandomGenerator random) {
        if (intervalMs < MIN_INTERVAL_MS) {
            throw new IllegalArgumentException("sensor " + name + ": an interval of " + intervalMs + " ms");
        }
        this.name = name;
        this.driver = device.descriptor().id();
        this.simulator = device.simulator(options, random);
        this.intervalMs = intervalMs;
        this.minIntervalMs = minIntervalMs;
        this.timers = timers;
        this.random = random;
    }

    @Override
    public String name() {
        return name;
    }

    /** On the node's loop. The first reading comes within one interval, at a random moment, so that nodes spread. */
    @Override
    public void start(SensorListener listener) {
        running = true;
        startedAtMs = timers.nowMs();
        listener.onStatus(status());
        schedule(startedAtMs + random.nextLong(intervalMs), listener);
    }

    @Override
    public Status status() {
        return new Status(driver, running ? "ready" : "closed", "", "", readings, 0, 0, 0);
    }

    @Override
    public void close() {
        running = false;
        Timers.Handle pending = next;
        if (pending != null) {
            pending.cancel();
        }
    }

    private void schedule(long atMs, SensorListener listener) {
        next = timers.at(atMs, () -> sample(atMs, listener));
    }

    private void sample(long dueMs, SensorListener listener) {
        if (!running) {
            return;
        }
        long nowMs = timers.nowMs();
        // In step with the first one; turns missed by a loop that stood still are not made up for.
        long missed = (nowMs - dueMs) / intervalMs;
        // Before the reading is handed over: whatever happens to it, the next one is taken.
        schedule(dueMs + (missed + 1) * intervalMs, listener);
        List<Observation> sample = simulator.sample(nowMs - startedAtMs);
        if (!sample.isEmpty() && nowMs >= passAgainAtMs) {
            passAgainAtMs = nowMs + minIntervalMs;
            readings++;
            listener.onReading(nowMs, sample);
        }
    }
}
