package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a port and a device are, as readings. */
class HealthSensorTest {
    private static final long INTERVAL_MS = 60_000;

    private final FakeTimers timers = new FakeTimers();
    private final List<String> readings = new ArrayList<>();
    private final Spoken spoken = new Spoken("spoken");

    private static Sensor.Status status(String state, long good, long bad, long skipped, long dropped) {
        return new Sensor.Status("d", state, "", "/dev/ttyS0", good, bad, skipped, dropped);
    }

    private Sensor start() {
        Sensor sensor = new HealthSensor(spoken, INTERVAL_MS, timers);
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                StringBuilder line = new StringBuilder().append(takenAtMs);
                for (Observation each : observations) {
                    line.append(' ').append(each.name()).append('=');
                    line.append(
                            each.value() instanceof Observation.Value.Text text
                                    ? text.value()
                                    : String.valueOf((long) ((Observation.Value.Numeric) each.value()).value()));
                }
                readings.add(line.toString());
            }

            @Override
            public void onStatus(Sensor.Status status) {}
        });
        return sensor;
    }

    private void becomes(long atMs, Sensor.Status next) {
        timers.runUntil(atMs);
        spoken.becomes(next);
    }

    @Test
    void an_interval_has_one_reading_with_what_happened_in_it() {
        start();
        becomes(30_000, status("ready", 100, 2, 17, 1));
        timers.runUntil(INTERVAL_MS);
        becomes(70_000, status("ready", 150, 2, 17, 1));
        timers.runUntil(2 * INTERVAL_MS);

        assertEquals(
                List.of(
                        "60000 health=ready health_good=100 health_bad=2 health_skipped=17 health_dropped=1",
                        "120000 health=ready health_good=50 health_bad=0 health_skipped=0 health_dropped=0"),
                readings);
    }

    @Test
    void a_cable_that_comes_loose_is_said_at_once() {
        start();
        becomes(20_000, status("lost", 5, 0, 0, 0));
        timers.runUntil(20_000);

        assertEquals(
                List.of("20000 health=lost health_good=5 health_bad=0 health_skipped=0 health_dropped=0"), readings);
    }

    @Test
    void a_port_that_flaps_makes_no_more_than_one_in_ten_seconds() {
        start();
        for (int i = 1; i <= 40; i++) {
            becomes(1_000L * i, status(i % 2 == 0 ? "ready" : "lost", i, 0, 0, 0));
        }

        assertEquals(4, readings.size(), readings::toString);
    }

    @Test
    void counts_that_began_anew_count_from_the_start() {
        spoken.is(status("ready", 500, 0, 0, 0));
        start();
        becomes(30_000, status("ready", 20, 0, 0, 0));
        timers.runUntil(INTERVAL_MS);

        assertEquals(
                List.of("60000 health=ready health_good=20 health_bad=0 health_skipped=0 health_dropped=0"), readings);
    }

    @Test
    void nothing_is_said_after_the_end() {
        Sensor sensor = start();
        sensor.close();
        becomes(30_000, status("lost", 5, 0, 0, 0));
        timers.runUntil(10 * INTERVAL_MS);

        assertEquals(List.of(), readings);
    }
}
