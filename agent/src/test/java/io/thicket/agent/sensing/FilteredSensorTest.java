package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.filter.FilterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilteredSensorTest {
    private final FakeTimers timers = new FakeTimers();
    private final List<String> readings = new ArrayList<>();
    private final Spoken spoken = new Spoken("spoken");

    private Sensor start(String filters) {
        Sensor sensor = new FilteredSensor(spoken, FilterSet.parse(Map.of("t", filters)), timers);
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                observations.forEach(each -> readings.add(takenAtMs + ":" + each.value() + each.quality()));
            }

            @Override
            public void onStatus(Sensor.Status status) {}
        });
        return sensor;
    }

    private void say(long atMs, double value) {
        timers.runUntil(atMs);
        spoken.say(atMs, Observation.good("t", value, "Cel"));
    }

    @Test
    void a_filter_that_waits_is_woken() {
        start("throttle_average(10s)");

        say(1_000, 1);
        say(2_000, 3);
        timers.runUntil(30_000);

        assertEquals(List.of("11000:Numeric[value=2.0]GOOD"), readings);
    }

    @Test
    void a_value_that_does_not_come_again_is_stale() {
        start("timeout(5s)");

        say(1_000, 1);
        timers.runUntil(60_000);

        assertEquals(List.of("1000:Numeric[value=1.0]GOOD", "6000:Numeric[value=1.0]STALE"), readings);
    }

    @Test
    void after_close_nothing_comes() {
        Sensor sensor = start("heartbeat(5s)");
        say(1_000, 1);

        sensor.close();
        timers.runUntil(60_000);

        assertEquals(List.of(), readings);
    }
}
