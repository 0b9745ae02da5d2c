package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensorDeskTest {
    private Sensor.SensorListener said;

    /** A sensor that says what the test says. */
    private final class Spoken implements Sensor {
        @Override
        public String name() {
            return "soil";
        }

        @Override
        public void start(SensorListener listener) {
            said = listener;
        }

        @Override
        public Status status() {
            return new Status("d", "ready", "", "", 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    @Test
    void a_value_that_is_said_again_as_stale_is_as_old_as_it_was() {
        SensorDesk desk = new SensorDesk(List.of(new Spoken()));
        List<Long> sent = new ArrayList<>();
        desk.start((atMs, sensor, records) -> sent.add(atMs), (sensor, status) -> {});
        Observation good = Observation.good("t", 21.5, "Cel");

        said.onReading(1_000, List.of(good));
        said.onReading(
                31_000, List.of(new Observation("t", good.value(), "Cel", Quality.STALE, "no reading for 30 s")));

        NodeSnapshot.SensorStatus status = desk.snapshot(40_000, 0, false).get(0);
        assertEquals(39_000, status.latestAgoMs());
        assertEquals("stale", status.latest().records().get(0).quality());
        assertEquals(List.of(1_000L, 31_000L), sent, "what is sent says when it was found to be stale");
    }
}
