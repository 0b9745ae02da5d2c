package io.thicket.agent.sensing;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import java.util.Optional;

/** A sensor of which it is known when it was calibrated, and by whom. */
public final class CalibratedSensor extends WrappedSensor {
    private final CalibrationNote note;

    public CalibratedSensor(Sensor sensor, CalibrationNote note) {
        super(sensor);
        this.note = note;
    }

    @Override
    public Optional<CalibrationNote> calibration() {
        return Optional.of(note);
    }
}
