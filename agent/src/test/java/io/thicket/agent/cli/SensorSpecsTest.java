package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.sensing.FakeTimers;
import io.thicket.agent.sensing.Spoken;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is put around a sensor, by its keys. */
class SensorSpecsTest {
    private final FakeTimers timers = new FakeTimers();
    private final List<String> readings = new ArrayList<>();
    private final Spoken spoken = new Spoken("soil");

    private Sensor start(String keys) throws ConfigException {
        LoadedConfig config = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(
                        "[node]\nname = \"n\"\n[network]\nkey_file = \"k\"\n[[link]]\ntype = \"udp\"\ninterface = \"e\"\n"
                                + "[[sensor]]\nname = \"soil\"\ndriver = \"text.keyvalue\"\n"
                                + "port = \"/dev/serial/by-id/x\"\n" + keys,
                        "test.toml",
                        Path.of("."));
        Sensor sensor =
                new SensorSpecs(config).filtered(List.of(spoken), timers).get(0);
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                Observation first = observations.get(0);
                readings.add(takenAtMs / 1000 + " " + first.name() + " " + first.quality() + " " + text(first));
            }

            @Override
            public void onStatus(Sensor.Status status) {}
        });
        return sensor;
    }

    private static String text(Observation observation) {
        return observation.value() instanceof Observation.Value.Text text
                ? text.value()
                : String.valueOf(((Observation.Value.Numeric) observation.value()).value());
    }

    @Test
    void without_the_key_nothing_is_said_of_health() throws ConfigException {
        start("");
        timers.runUntil(3_600_000);

        assertEquals(List.of(), readings);
    }

    /** The watch is inside: silence is a state that health tells. What health says is not filtered. */
    @Test
    void health_says_at_its_interval_and_at_once_that_the_device_is_silent() throws ConfigException {
        start("health = \"10min\"\nfilters = { t = \"round(0)\", health_good = \"multiply(0)\" }\n");
        timers.runUntil(1_000);
        spoken.say(1_000, Observation.good("t", 20.6, "Cel"));
        timers.runUntil(2_000);
        spoken.say(2_000, Observation.good("t", 20.4, "Cel"));
        timers.runUntil(700_000);

        assertEquals(
                List.of(
                        "1 t GOOD 21.0",
                        "2 t GOOD 20.0",
                        "32 t STALE 20.0",
                        "32 health GOOD silent",
                        "632 health GOOD silent"),
                readings);
    }

    @Test
    void when_it_was_calibrated_is_known_through_all_that_is_around_it() throws ConfigException {
        Sensor sensor = start(
                "health = \"10min\"\nfilters = { t = \"offset(1)\" }\ncalibrated = 2026-11-01\ncalibrated_by = \"Ada\"\n");

        assertEquals("Ada", sensor.calibration().map(CalibrationNote::by).orElse(""));
        assertEquals("soil", sensor.name());
    }
}
