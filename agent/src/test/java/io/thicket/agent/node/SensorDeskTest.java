package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.sensing.Spoken;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensorDeskTest {
    @Test
    void a_value_that_is_said_again_as_stale_is_as_old_as_it_was() {
        Spoken spoken = new Spoken("soil");
        SensorDesk desk = new SensorDesk(List.of(spoken));
        List<Long> sent = new ArrayList<>();
        desk.start((atMs, sensor, records) -> sent.add(atMs), (sensor, status) -> {});
        Observation good = Observation.good("t", 21.5, "Cel");

        spoken.say(1_000, good);
        spoken.say(31_000, new Observation("t", good.value(), "Cel", Quality.STALE, "no reading for 30 s"));

        NodeSnapshot.SensorStatus status = desk.snapshot(40_000, 0, false).get(0);
        assertEquals(39_000, status.latestAgoMs());
        assertEquals("stale", status.latest().records().get(0).quality());
        assertEquals(List.of(1_000L, 31_000L), sent, "what is sent says when it was found to be stale");
    }

    @Test
    void sensors_are_shown_in_the_order_of_their_configuration() {
        SensorDesk desk = new SensorDesk(List.of(new Spoken("soil"), new Spoken("air"), new Spoken("light")));
        desk.start((atMs, sensor, records) -> {}, (sensor, status) -> {});

        assertEquals(
                List.of("soil", "air", "light"),
                desk.snapshot(0, 0, false).stream()
                        .map(NodeSnapshot.SensorStatus::name)
                        .toList());
    }
}
