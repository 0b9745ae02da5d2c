package io.thicket.drivers.onewire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineAction;
import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.onewire.SimulatedAdapter.Thermometer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneWireTest {
    /** Of a recorded session: what came back when one DS18B20 was read. */
    private static final String RECORDED = "55 28 FF FC D0 00 17 03 AE BE 9C 01 4B 46 7F FF 0C 10 0C";

    private final SimulatedAdapter adapter = new SimulatedAdapter();
    private final List<String> readings = new ArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private int breaks;
    private long nowMs = 1000;

    private static PolledSession open(Map<String, String> options) {
        PolledSession session = (PolledSession)
                DriverCatalogue.find("onewire.ds2480b").orElseThrow().open(options);
        session.reset();
        return session;
    }

    private void run(PolledSession session, long forMs) {
        long end = nowMs + forMs;
        for (; nowMs < end; nowMs++) {
            LineAction action = session.takeLineAction(nowMs);
            if (action instanceof LineAction.Break) {
                breaks++;
                adapter.restart();
            }
            byte[] bytes = session.poll(nowMs);
            if (bytes != null) {
                session.onSent(nowMs);
                told.writeBytes(bytes);
                for (byte b : bytes) {
                    feed(session, adapter.tell(b & 0xFF));
                }
            }
            assertTrue(session.waitMs(nowMs) >= 0);
        }
    }

    private void feed(PolledSession session, byte[] bytes) {
        session.onBytes(nowMs, bytes, 0, bytes.length, (at, values) -> {
            for (Observation each : values) {
                readings.add(each.name() + "=" + ((Observation.Value.Numeric) each.value()).value() + " " + each.unit()
                        + (each.reason() == null ? "" : "!" + each.quality()));
            }
        });
    }

    private static Thermometer ds18b20(int low, double celsius) {
        return new Thermometer(new int[] {0x28, low, 0xFC, 0xD0, 0x00, 0x17, 0x03}, celsius);
    }

    @Test
    void a_recorded_answer_is_read_without_any_question() {
        PolledSession session = open(Map.of("devices", "hall:28FFFCD0001703AE"));
        feed(session, Bytes.parse("CD CC 44 CD " + RECORDED).toArray());

        assertEquals(List.of("hall.temperature=25.75 Cel"), readings);
        assertEquals(1, session.counts().good());
    }

    @Test
    void no_bit_of_an_answer_can_be_wrong() {
        byte[] right = Bytes.parse(RECORDED).toArray();
        for (int bit = 0; bit < 8 * right.length; bit++) {
            PolledSession session = open(Map.of());
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            feed(session, wrong);
            assertEquals(List.of(), readings, "bit " + bit);
            feed(session, right);
            assertEquals(List.of("28fffcd0001703ae.temperature=25.75 Cel"), readings, "bit " + bit);
            readings.clear();
        }
    }

    @Test
    void the_thermometers_of_a_line_are_found_and_read() {
        adapter.devices.add(ds18b20(0xFF, 25.75));
        adapter.devices.add(ds18b20(0xFE, -10.125));
        adapter.devices.add(ds18b20(0xE3, 0.5));
        adapter.devices.add(new Thermometer(new int[] {0x10, 0x01, 0xE3, 0, 0, 0, 0}, 21.3125));
        // A memory chip: no thermometer.
        adapter.devices.add(new Thermometer(new int[] {0x2D, 1, 2, 3, 4, 5, 6}, 1));
        PolledSession session = open(Map.of("interval", "10s"));
        run(session, 5_000);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            expected.add(adapter.devices.get(i).number() + ".temperature="
                    + List.of("25.75", "-10.125", "0.5", "21.3125").get(i) + " Cel");
        }
        assertEquals(
                expected.stream().sorted().toList(), readings.stream().sorted().toList());
        assertEquals(4, session.counts().good());
        assertEquals(0, session.counts().skippedBytes());
        assertEquals(0, session.counts().malformed());
        assertEquals(1, breaks);

        readings.clear();
        adapter.devices.get(0).set(26);
        run(session, 10_000);
        assertTrue(readings.contains("28fffcd0001703ae.temperature=26.0 Cel"), readings.toString());
        assertEquals(4, readings.size());
        assertEquals(1, breaks, "an adapter that behaves is not set up again");
    }

    @Test
    void a_full_line_is_searched_to_its_end() {
        java.util.Random random = new java.util.Random(3);
        for (int i = 0; i < 30; i++) {
            int[] number = random.ints(7, 0, 256).toArray();
            number[0] = 0x28;
            adapter.devices.add(new Thermometer(number, i));
        }
        run(open(Map.of("interval", "30s")), 20_000);

        assertEquals(30, readings.stream().distinct().count());
        assertEquals(30, readings.size());
    }

    @Test
    void only_the_configured_ones_are_read_and_a_missing_one_is_no_value() {
        adapter.devices.add(ds18b20(0xFF, 25.75));
        adapter.devices.add(ds18b20(0x11, 30));
        PolledSession session =
                open(Map.of("devices", "gone:28-031700d0fc01, hall:28-031700d0fcff", "interval", "10s"));
        run(session, 5_000);

        assertEquals(List.of("hall.temperature=25.75 Cel"), readings);
        assertEquals(1, session.counts().noValue());
        assertTrue(!told.toString(java.nio.charset.StandardCharsets.ISO_8859_1).contains("\u00f0"), "searched");
    }

    @Test
    void the_power_on_value_says_so() {
        PolledSession session = open(Map.of());
        feed(
                session,
                Bytes.parse("55 28 FF FC D0 00 17 03 AE BE 50 05 4B 46 7F FF 0C 10 1C")
                        .toArray());
        feed(
                session,
                Bytes.parse("55 28 FF FC D0 00 17 03 AE BE AA 00 4B 46 7F FF 0C 10 5E")
                        .toArray());
        // DS18S20.
        feed(session, Bytes.parse("55100102030405067BBEAA004B46FFFF0C1087").toArray());
        feed(session, Bytes.parse("55100102030405067BBE32004B46FFFF0B1005").toArray());

        assertEquals(
                List.of(
                        "28fffcd0001703ae.temperature=85.0 Cel!WARMING_UP",
                        "28fffcd0001703ae.temperature=10.625 Cel",
                        "100102030405067b.temperature=85.0 Cel!WARMING_UP",
                        "100102030405067b.temperature=25.0625 Cel"),
                readings);
    }

    @Test
    void a_line_held_low_is_no_zero() {
        PolledSession session = open(Map.of());
        // The CRC of nothing but zeros is right.
        feed(
                session,
                Bytes.parse("55 28 FF FC D0 00 17 03 AE BE 00 00 00 00 00 00 00 00 00")
                        .toArray());

        assertEquals(List.of(), readings);
        assertEquals(1, session.counts().malformed());
    }

    @Test
    void a_disturbed_answer_is_asked_for_once_more() {
        Thermometer hall = ds18b20(0xFF, 20);
        hall.disturbed = 1;
        adapter.devices.add(hall);
        PolledSession session = open(Map.of("interval", "10s"));
        run(session, 5_000);

        assertEquals(List.of("28fffcd0001703ae.temperature=20.0 Cel"), readings);
        assertEquals(1, session.counts().badChecksum());
    }

    @Test
    void an_adapter_that_comes_back_in_any_state_is_set_up_again() {
        adapter.devices.add(ds18b20(0xFF, 20));
        PolledSession session = open(Map.of("interval", "2s"));
        run(session, 1_500);
        assertEquals(1, readings.size());
        adapter.dead = true;
        run(session, 4_000);
        assertEquals(1, readings.size());
        assertTrue(session.counts().malformed() > 0);
        // Its power was cut: the first byte calibrates only.
        adapter.dead = false;
        adapter.restart();
        run(session, 4_000);

        assertTrue(readings.size() >= 2, readings.toString());
    }

    @Test
    void without_a_break_an_adapter_left_among_data_is_set_up_too() {
        adapter.devices.add(ds18b20(0xFF, 20));
        // What came before ended in the data mode.
        adapter.tell(0xC1);
        adapter.tell(0xE1);
        PolledSession session = open(Map.of("interval", "2s"));
        for (long end = nowMs + 1_500; nowMs < end; nowMs++) {
            session.takeLineAction(nowMs);
            byte[] bytes = session.poll(nowMs);
            for (byte b : bytes == null ? new byte[0] : bytes) {
                feed(session, adapter.tell(b & 0xFF));
            }
        }

        assertEquals(List.of("28fffcd0001703ae.temperature=20.0 Cel"), readings);
    }

    @Test
    void a_short_line_and_an_empty_one_have_no_value() {
        PolledSession session = open(Map.of("interval", "2s"));
        run(session, 1_500);
        adapter.shorted = true;
        run(session, 2_000);

        assertEquals(List.of(), readings);
        assertEquals(2, session.counts().noValue());
        assertEquals(0, session.counts().malformed());
    }

    @Test
    void numbers_with_mistakes_are_explained() {
        assertEquals("28fffcd0001703ae", Rom.parse("28-031700D0FCFF").text());
        for (String[] bad : new String[][] {
            {"hall:28FFFCD0001703AF", "its last two digits do not fit"},
            {"hall:28FF", "write it as"},
            {"hall", "should be name:number"},
            {"a:28FFFCD0001703AE,a:28-031700d0fc01", "is there twice"},
            {"a:28FFFCD0001703AE,b:28-031700d0fcff", "is there twice"}
        }) {
            String message = assertThrows(IllegalArgumentException.class, () -> open(Map.of("devices", bad[0])))
                    .getMessage();
            assertTrue(message.contains(bad[1]), message);
        }
        assertThrows(IllegalArgumentException.class, () -> open(Map.of("interval", "500ms")));
    }
}
