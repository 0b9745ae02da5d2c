package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console of a weather station is woken, asked, and says what it has. */
class DavisVantageTest {
    private static final String ID = "davis.vantage";
    private static final String WAKE = "0A";
    private static final String LOOP = "4C 4F 4F 50 20 31 0A";
    private static final byte[] PACKET = DriverCatalogueTest.examples(ID).get(0);
    private static final byte[] DASHED = DriverCatalogueTest.examples(ID).get(1);

    private final List<String> sent = new ArrayList<>();
    private PolledSession session;
    private int readings;

    @BeforeEach
    void open() {
        session = assertInstanceOf(
                PolledSession.class, DriverCatalogue.find(ID).orElseThrow().open(Map.of()));
        session.reset();
    }

    /** A console that answers the {@code wakes}th call for itself, and questions once it is awake. */
    private void run(long forMs, int wakes) {
        int calls = 0;
        for (long now = 0; now < forMs; now += 10) {
            byte[] bytes = session.waitMs(now) == 0 ? session.poll(now) : null;
            if (bytes == null) {
                continue;
            }
            session.onSent(now);
            String text = Bytes.copyOf(bytes).toString();
            sent.add(now + " " + text);
            if (text.equals(WAKE) && ++calls == wakes) {
                hear(now, Bytes.parse("0A").toArray());
                hear(now, Bytes.parse("0D").toArray());
            } else if (text.equals(LOOP) && calls >= wakes) {
                hear(now, new byte[] {0x06});
                hear(now, PACKET);
            }
        }
    }

    private void hear(long now, byte[] bytes) {
        session.onBytes(now, bytes, 0, bytes.length, (at, values) -> readings++);
    }

    @Test
    void a_console_that_is_awake_answers_at_once() {
        run(10_100, 1);

        assertEquals(List.of("0 " + WAKE, "10 " + LOOP, "10010 " + WAKE), sent.subList(0, 3));
        assertEquals(1, readings);
    }

    @Test
    void a_sleeping_console_is_called_up_to_three_times() {
        run(5_000, 3);

        assertEquals(List.of("0 " + WAKE, "1200 " + WAKE, "2400 " + WAKE, "2410 " + LOOP), sent);
        assertEquals(1, readings);
    }

    @Test
    void a_console_that_never_says_that_it_is_awake_is_asked_all_the_same() {
        run(9_000, 4);

        assertEquals(List.of("0 " + WAKE, "1200 " + WAKE, "2400 " + WAKE, "3600 " + LOOP), sent);
        assertEquals(0, readings);
    }

    @Test
    void the_next_round_wakes_anew() {
        run(11_000, 1);

        assertEquals("10010 " + WAKE, sent.get(2));
    }

    private static List<String> names(byte[] packet) {
        return Decoded.by(ID).feed(0, packet).readings.get(0).stream()
                .map(Observation::name)
                .toList();
    }

    @Test
    void what_the_console_shows_as_dashes_has_no_value() {
        List<String> whole = names(PACKET);
        List<String> dashed = names(DASHED);

        for (String name : List.of("pressure", "inside_temperature", "inside_humidity", "humidity")) {
            assertTrue(whole.contains(name) && !dashed.contains(name), name);
        }
        assertFalse(whole.contains("uv") || whole.contains("solar") || whole.contains("temperature_1"));
        assertTrue(dashed.containsAll(List.of("uv", "solar", "temperature_1", "soil_moisture_1")));
        assertFalse(dashed.contains("temperature_2") || dashed.contains("soil_moisture_2"));
    }

    /** The console says 0 for a wind sensor that it does not hear. */
    @Test
    void a_lost_wind_sensor_is_no_calm() {
        List<String> lost = names(DASHED);

        assertTrue(names(PACKET).containsAll(List.of("wind_speed", "wind_speed_10min", "wind_direction")));
        assertFalse(
                lost.contains("wind_speed") || lost.contains("wind_speed_10min") || lost.contains("wind_direction"));
    }

    @Test
    void a_click_of_rain_is_that_of_the_collector() {
        String inch = Decoded.by(ID, Map.of("values", "rain_day,rain_rate"))
                .feed(0, PACKET)
                .lines()
                .get(0);
        String metric = Decoded.by("davis.vantagemetric", Map.of("values", "rain_day,rain_rate"))
                .feed(0, PACKET)
                .lines()
                .get(0);

        assertEquals("rain_rate=8.466666666666667E-7 m/s, rain_day=0.00762 m", inch);
        assertEquals("rain_rate=6.666666666666666E-7 m/s, rain_day=0.006 m", metric);
    }
}
