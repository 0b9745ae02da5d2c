package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.filter.FilterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WatchedSensorTest {
    private final FakeTimers timers = new FakeTimers();
    private final List<String> readings = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final Spoken spoken = new Spoken("spoken");

    private Sensor start(UnaryOperator<Sensor> filters) {
        return start(filters, 0);
    }

    private Sensor start(UnaryOperator<Sensor> filters, long paceMs) {
        Sensor sensor = new WatchedSensor(spoken, filters, paceMs, timers);
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                observations.forEach(each -> readings.add(takenAtMs + ":" + each.value() + each.quality()));
            }

            @Override
            public void onStatus(Sensor.Status status) {
                states.add(status.state());
            }
        });
        return sensor;
    }

    private Sensor start() {
        return start(each -> each);
    }

    private void say(long atMs, double value) {
        timers.runUntil(atMs);
        spoken.say(atMs, Observation.good("t", value, "Cel"));
    }

    @Test
    void a_device_that_stops_gives_its_last_value_once_more_as_stale() {
        Sensor sensor = start();
        for (int second = 1; second <= 10; second++) {
            say(second * 1_000L, second);
        }
        readings.clear();

        timers.runUntil(39_000);
        assertEquals("ready", sensor.status().state());
        timers.runUntil(3_600_000);

        assertEquals(List.of("40000:Numeric[value=10.0]STALE"), readings);
        assertEquals(List.of("silent"), states);
        assertEquals("silent", sensor.status().state());
        assertTrue(
                sensor.status().problem().startsWith("no reading for 3590 s: check the device"),
                sensor.status().problem());
    }

    @Test
    void it_is_ready_again_with_the_next_reading_and_can_fall_silent_again() {
        Sensor sensor = start();
        say(1_000, 1);
        say(2_000, 2);
        timers.runUntil(100_000);
        say(101_000, 3);
        assertEquals("ready", sensor.status().state());
        assertEquals("", sensor.status().problem());

        timers.runUntil(1_000_000);

        assertEquals(List.of("silent", "ready", "silent"), states);
        // The failure counted as a pause of no more than the 30 s that were allowed.
        assertEquals(
                List.of(
                        "1000:Numeric[value=1.0]GOOD",
                        "2000:Numeric[value=2.0]GOOD",
                        "32000:Numeric[value=2.0]STALE",
                        "101000:Numeric[value=3.0]GOOD",
                        "191000:Numeric[value=3.0]STALE"),
                readings);
    }

    @Test
    void a_slow_device_is_not_called_silent_between_its_readings() {
        start();
        for (int turn = 0; turn < 20; turn++) {
            say(5_000 + turn * 900_000L, turn);
        }

        assertEquals(20, readings.size());
        assertEquals(List.of(), states);

        timers.runUntil(5_000 + 19 * 900_000L + 3 * 900_000L);
        assertEquals(21, readings.size());
    }

    @Test
    void a_pace_that_is_configured_is_known_from_the_first_reading_on() {
        start(each -> each, 4 * 3_600_000);
        for (int turn = 0; turn < 5; turn++) {
            say(5_000 + turn * 4 * 3_600_000L, turn);
        }

        assertEquals(5, readings.size());
        assertEquals(List.of(), states);
    }

    @Test
    void what_filters_hold_back_is_no_silence_and_the_stale_value_is_the_filtered_one() {
        start(each -> new FilteredSensor(each, FilterSet.parse(Map.of("t", "offset(-1), delta(0.5)")), timers));
        for (int second = 1; second <= 600; second++) {
            say(second * 1_000L, 20);
        }
        assertEquals(List.of("1000:Numeric[value=19.0]GOOD"), readings);

        timers.runUntil(700_000);

        assertEquals(List.of("1000:Numeric[value=19.0]GOOD", "630000:Numeric[value=19.0]STALE"), readings);
    }

    @Test
    void a_device_that_never_said_anything_is_silent_without_a_value() {
        Sensor sensor = start();
        spoken.is(new Sensor.Status("d", "ready", "", "", 0, 0, 500, 0));

        timers.runUntil(61_000);

        assertEquals(List.of(), readings);
        assertEquals(List.of("silent"), states);
        assertTrue(
                sensor.status().problem().contains("bytes come, but d does not understand them"),
                sensor.status().problem());
    }

    @Test
    void a_port_that_is_lost_keeps_its_own_state() {
        Sensor sensor = start();
        say(1_000, 1);
        say(2_000, 2);
        spoken.is(new Sensor.Status("d", "lost", "", "", 0, 0, 0, 0));

        timers.runUntil(60_000);

        assertEquals("lost", sensor.status().state());
        assertEquals("32000:Numeric[value=2.0]STALE", readings.get(2));
    }

    @Test
    void after_close_nothing_comes() {
        Sensor sensor = start();
        say(1_000, 1);
        say(2_000, 2);

        sensor.close();
        timers.runUntil(3_600_000);

        assertEquals(2, readings.size());
        assertEquals(List.of(), states);
    }
}
