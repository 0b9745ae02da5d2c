package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sensor that says what the test says. */
public final class Spoken implements Sensor {
    private final String name;
    private Status status = new Status("d", "ready", "", "", 0, 0, 0, 0);
    private @Nullable SensorListener listener;

    public Spoken(String name) {
        this.name = name;
    }

    /** One reading. */
    public void say(long takenAtMs, Observation... observations) {
        listener().onReading(takenAtMs, List.of(observations));
    }

    /** It is so from now on, and nobody is told. */
    public void is(Status next) {
        status = next;
    }

    /** It is so from now on, and says it. */
    public void becomes(Status next) {
        status = next;
        listener().onStatus(next);
    }

    private SensorListener listener() {
        return Objects.requireNonNull(listener, "not started");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(SensorListener its) {
        listener = its;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void close() {}
}
