package io.thicket.agent.doctor;

import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.port.CalibrationNote;
import java.util.ArrayList;
import java.util.List;

/** Sensors whose calibration is older than it counts. */
final class CalibrationCheck {
    private CalibrationCheck() {}

    static List<Finding> look(NodeConfig config, long wallMs) {
        List<Finding> findings = new ArrayList<>();
        for (SensorConfig sensor : config.sensors()) {
            CalibrationNote note = sensor.calibration();
            if (note != null && note.ageDays(wallMs) < 0) {
                findings.add(Finding.warning(
                        "sensor " + sensor.name(),
                        "its calibration of " + note.date() + " lies in the future",
                        "correct calibrated, or the clock"));
            } else if (note != null && note.isDue(wallMs)) {
                findings.add(Finding.warning(
                        "sensor " + sensor.name(),
                        "its calibration of " + note.date() + " is " + note.ageDays(wallMs)
                                + " days old, and counts for " + note.validDays(),
                        "calibrate it and write the day into calibrated"));
            }
        }
        return findings;
    }
}
