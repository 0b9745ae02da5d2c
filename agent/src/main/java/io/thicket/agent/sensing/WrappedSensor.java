package io.thicket.agent.sensing;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import java.util.List;
import java.util.Optional;

/** A sensor around another one; what it does not say otherwise is the inner one's. */
abstract class WrappedSensor implements Sensor {
    private final Sensor inner;

    WrappedSensor(Sensor inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void start(SensorListener listener) {
        inner.start(listener);
    }

    @Override
    public Status status() {
        return inner.status();
    }

    @Override
    public Optional<CalibrationNote> calibration() {
        return inner.calibration();
    }

    @Override
    public List<CommandInfo> commands() {
        return inner.commands();
    }

    @Override
    public void command(CommandOrder order) {
        inner.command(order);
    }

    @Override
    public void close() {
        inner.close();
    }
}
