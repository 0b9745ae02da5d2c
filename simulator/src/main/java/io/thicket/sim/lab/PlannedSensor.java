package io.thicket.sim.lab;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sensor that speaks when the scenario's traffic says so. */
final class PlannedSensor implements Sensor {
    static final String NAME = "t";

    private @Nullable SensorListener listener;
    private long readings;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start(SensorListener newListener) {
        listener = newListener;
        newListener.onStatus(status());
    }

    /** One reading now, in the node's time. */
    void read(long nowMs, List<Observation> observations) {
        SensorListener to = listener;
        if (to != null) {
            readings++;
            to.onReading(nowMs, observations);
        }
    }

    @Override
    public Status status() {
        return new Status("virtual", "ready", "", "", readings, 0, 0, 0);
    }

    @Override
    public void close() {
        listener = null;
    }
}
