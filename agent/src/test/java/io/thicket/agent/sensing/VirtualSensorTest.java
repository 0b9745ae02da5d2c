package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.PortSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VirtualSensorTest {
    private final FakeTimers timers = new FakeTimers();
    private final List<Long> times = new ArrayList<>();
    private final List<List<Observation>> readings = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final SensorFactory factory = new SensorFactory(
            (node, line) -> {
                throw new PortException(Problem.MISSING, "none here");
            },
            PortSystem.LINUX);

    private Sensor sensor(SensorSpec spec) {
        return factory.create(spec, timers, new SplittableRandom(5));
    }

    private void start(Sensor sensor) {
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                times.add(takenAtMs);
                readings.add(observations);
            }

            @Override
            public void onStatus(Sensor.Status status) {
                states.add(status.state());
            }
        });
    }

    @Test
    void a_least_interval_thins_a_virtual_sensor_too() {
        Sensor sensor = sensor(new SensorSpec("air", "virtual.sensor", "", null, 0, 1000, 5000, Map.of()));
        start(sensor);
        timers.runUntil(20_000);

        assertEquals(4, times.size());
        assertEquals(5000, times.get(1) - times.get(0));
    }

    @Test
    void a_reading_that_nobody_could_take_does_not_end_the_sensor() {
        Sensor sensor = sensor(SensorSpec.virtual("air", "virtual.sensor", 1000));
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                times.add(takenAtMs);
                throw new IllegalStateException("a bug");
            }

            @Override
            public void onStatus(Sensor.Status status) {}
        });

        assertThrows(IllegalStateException.class, () -> timers.runUntil(1000));
        assertThrows(IllegalStateException.class, () -> timers.runUntil(2000));
        assertEquals(2, times.size());
    }

    @Test
    void readings_come_at_their_interval_until_it_is_closed() {
        timers.nowMs = 5000;
        Sensor sensor = sensor(SensorSpec.virtual("air", "virtual.sensor", 1000));
        start(sensor);
        timers.runUntil(15_000);
        sensor.close();
        timers.runUntil(20_000);

        assertEquals(10, times.size());
        assertTrue(times.get(0) >= 5000 && times.get(0) < 6000);
        for (int i = 1; i < times.size(); i++) {
            assertEquals(1000, times.get(i) - times.get(i - 1));
        }
        assertEquals(List.of("ready"), states);
        assertEquals(10, sensor.status().goodFrames());
        assertEquals("closed", sensor.status().state());
        assertEquals(
                List.of("temperature", "humidity"),
                readings.get(0).stream().map(Observation::name).toList());
    }

    @Test
    void a_loop_that_stood_still_makes_up_for_nothing() {
        Sensor sensor = sensor(SensorSpec.virtual("air", "virtual.sensor", 1000));
        start(sensor);
        timers.nowMs = 10_500;
        timers.runUntil(10_500);
        timers.runUntil(12_500);

        assertEquals(3, times.size());
    }

    @Test
    void the_same_seed_gives_the_same_readings() {
        start(sensor(SensorSpec.virtual("air", "virtual.sensor", 1000)));
        timers.runUntil(60_000);
        List<List<Observation>> first = List.copyOf(readings);
        readings.clear();
        timers.nowMs = 0;
        FakeTimers other = new FakeTimers();
        Sensor again =
                factory.create(SensorSpec.virtual("air", "virtual.sensor", 1000), other, new SplittableRandom(5));
        start(again);
        other.runUntil(60_000);

        assertEquals(first, readings);
    }

    @Test
    void what_is_wrong_with_a_sensor_is_said_in_a_sentence() {
        assertRefused("there is no driver 'x.y'", SensorSpec.serial("a", "x.y", "/dev/ttyUSB0"));
        assertRefused("needs a port", SensorSpec.serial("a", "nmea0183", ""));
        assertRefused("has no port", SensorSpec.serial("a", "virtual.sensor", "/dev/ttyUSB0"));
        assertRefused("absolute path", SensorSpec.serial("a", "nmea0183", "ttyUSB0"));
        assertRefused("columns must name", SensorSpec.serial("a", "text.csv", "/dev/ttyUSB0"));
        assertRefused("settle", new SensorSpec("a", "nmea0183", "/dev/ttyUSB0", null, 99_999, 1000, 0, Map.of()));
        assertRefused(
                "constant, ramp",
                new SensorSpec("a", "virtual.sine", "", null, 0, 1000, 0, Map.of("quantities", "a=x(1)")));
        assertThrows(IllegalArgumentException.class, () -> SensorSpec.serial("Not OK", "nmea0183", "/dev/ttyUSB0"));
        assertThrows(IllegalArgumentException.class, () -> SensorSpec.virtual("a", "virtual.sine", 0));
    }

    private void assertRefused(String sentence, SensorSpec spec) {
        String made =
                assertThrows(IllegalArgumentException.class, () -> sensor(spec)).getMessage();
        String checked = assertThrows(IllegalArgumentException.class, () -> SensorFactory.check(spec))
                .getMessage();

        assertTrue(made.contains(sentence), made);
        assertTrue(checked.contains(sentence), checked);
    }
}
