package io.thicket.agent.sensing;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import java.util.List;
import java.util.Optional;

/** A sensor of which it is known when it was calibrated, and by whom. */
public final class CalibratedSensor implements Sensor {
    private final Sensor sensor;
    private final CalibrationNote note;

    public CalibratedSensor(Sensor sensor, CalibrationNote note) {
        this.sensor = sensor;
        this.note = note;
    }

    @Override
    public Optional<CalibrationNote> calibration() {
        return Optional.of(note);
    }

    @Override
    public String name() {
        return sensor.name();
    }

    @Override
    public void start(SensorListener listener) {
        sensor.start(listener);
    }

    @Override
    public Status status() {
        return sensor.status();
    }

    @Override
    public List<CommandInfo> commands() {
        return sensor.commands();
    }

    @Override
    public void command(CommandOrder order) {
        sensor.command(order);
    }

    @Override
    public void close() {
        sensor.close();
    }
}
