package io.thicket.drivers.sdi12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineAction;
import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Sdi12Test {
    private final SimulatedSensors sensors = new SimulatedSensors();
    private final List<String> readings = new ArrayList<>();
    private final List<Long> readAtMs = new ArrayList<>();
    private long nowMs = 1000;
    private long readyAtMs = -1;

    private static PolledSession open(String... options) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        PolledSession session = (PolledSession)
                DriverCatalogue.find("sdi12.sensors").orElseThrow().open(all);
        session.reset();
        return session;
    }

    private void run(PolledSession session, long forMs) {
        long end = nowMs + forMs;
        long quietSinceMs = nowMs;
        for (; nowMs < end; nowMs++) {
            if (session.takeLineAction(nowMs) instanceof LineAction.Break low) {
                assertTrue(low.lengthMs() >= 12);
                sensors.awake = true;
                quietSinceMs = nowMs;
            }
            byte[] bytes = session.poll(nowMs);
            if (bytes != null) {
                session.onSent(nowMs);
                for (byte b : bytes) {
                    feed(session, sensors.tell(b));
                    quietSinceMs = nowMs;
                }
            }
            if (nowMs == readyAtMs) {
                feed(session, "0\r\n");
            }
            if (nowMs - quietSinceMs > 87) {
                sensors.awake = false;
            }
            if (nowMs % 200 == 0) {
                session.onSilence(nowMs, this::observed);
            }
        }
    }

    private void feed(PolledSession session, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        session.onBytes(nowMs, bytes, 0, bytes.length, this::observed);
    }

    private void observed(long atMs, List<Observation> values) {
        readAtMs.add(nowMs);
        List<String> texts = new ArrayList<>();
        for (Observation each : values) {
            texts.add(each.name() + "=" + ((Observation.Value.Numeric) each.value()).value()
                    + (each.unit() == null ? "" : " " + each.unit()));
        }
        readings.add(String.join(", ", texts));
    }

    @Test
    void the_crc_is_that_of_the_specification() {
        assertEquals("OqZ", Sdi12Decoder.crc("0+3.14"));
    }

    @Test
    void a_sensor_is_asked_and_read() {
        sensors.values.put('0', new String[] {"+21.5-0.25", "+101.3"});
        PolledSession session = open("sensors", "0=temp:Cel,offset,p:hPa", "interval", "10s");
        run(session, 8_000);

        assertEquals(List.of("temp=21.5 Cel, offset=-0.25, p=10130.0 Pa"), readings);
        assertEquals("0M!0D0!0D1!", sensors.heard.toString());
        assertEquals(1, session.counts().good());
        assertEquals(0, session.counts().malformed() + session.counts().skippedBytes());
        run(session, 10_000);
        assertEquals(2, readings.size());
    }

    @Test
    void several_sensors_with_and_without_crc_and_concurrent_ones() {
        sensors.values.put('0', new String[] {"+1"});
        sensors.values.put('a', new String[] {"+2"});
        sensors.values.put('Z', new String[] {"+3.5"});
        sensors.echoes = true;
        PolledSession session = open("sensors", "0=x; aMC1=y:Cel; ZCC=z", "interval", "30s");
        run(session, 10_000);

        assertEquals(List.of("x=1.0", "y=2.0 Cel", "z=3.5"), readings);
        assertEquals("0M!0D0!aMC1!aD0!ZCC!ZD0!", sensors.heard.toString());
    }

    @Test
    void a_sensor_that_says_that_it_is_ready_is_read_at_once_and_another_one_when_its_time_is_over() {
        sensors.values.put('0', new String[] {"+1"});
        sensors.seconds = 5;
        PolledSession session = open("sensors", "0=x", "interval", "30s");
        readyAtMs = 3_500;
        run(session, 20_000);
        assertTrue(readAtMs.get(0) < 3_600, readAtMs.toString());

        readyAtMs = -1;
        run(session, 20_000);
        assertEquals(2, readings.size());
        // Asked 30 s after the first round began at 2 s.
        assertTrue(readAtMs.get(1) > 37_000 && readAtMs.get(1) < 37_300, readAtMs.toString());
    }

    @Test
    void a_damaged_line_is_asked_for_again() {
        sensors.values.put('0', new String[] {"+1"});
        sensors.disturbed = 2;
        PolledSession session = open("sensors", "0MC=x", "interval", "30s");
        run(session, 10_000);

        assertEquals(List.of("x=1.0"), readings);
        assertEquals("0MC!0D0!0D0!0D0!", sensors.heard.toString());
        assertEquals(2, session.counts().badChecksum());
    }

    @Test
    void a_missing_sensor_costs_three_tries_and_the_next_is_read() {
        sensors.values.put('1', new String[] {"+1"});
        PolledSession session = open("sensors", "0=x;1=y", "interval", "30s");
        run(session, 10_000);

        assertEquals(List.of("y=1.0"), readings);
        assertEquals("0M!0M!0M!1M!1D0!", sensors.heard.toString());
        assertEquals(1, session.counts().malformed());
    }

    @Test
    void the_only_sensor_is_asked_for_its_address() {
        sensors.values.put('7', new String[] {"+1"});
        run(open("sensors", "?=x", "interval", "3s"), 7_000);

        assertEquals("?!7M!7D0!7M!7D0!", sensors.heard.toString());
        assertEquals(List.of("x=1.0", "x=1.0"), readings);
    }

    @Test
    void fewer_values_than_were_named_are_none_and_more_are_passed_over() {
        sensors.values.put('0', new String[] {"+1"});
        sensors.values.put('1', new String[] {"+1+2+3"});
        PolledSession session = open("sensors", "0=a,b;1=-,c", "interval", "30s");
        run(session, 10_000);

        assertEquals(List.of("c=2.0"), readings);
        assertEquals(1, session.counts().malformed());
    }

    @Test
    void what_means_no_value_is_none() {
        sensors.values.put('0', new String[] {"-9999+2"});
        sensors.values.put('1', new String[] {"-99999"});
        PolledSession session = open("sensors", "0=a,b;1=c", "interval", "30s");
        run(session, 10_000);

        assertEquals(List.of("b=2.0"), readings);
        assertEquals(1, session.counts().noValue());
    }

    @Test
    void a_recording_is_read_without_any_question() {
        PolledSession session = open("sensors", "0=a,b,c;1MC=d");
        feed(session, "\r\n");
        feed(
                session,
                "\u0000" + "0M!00103\r\n0\r\n0D0!0+1.5-2.25\r\n0+.5\r\n1001" + "1\r\n1+3.14"
                        + Sdi12Decoder.crc("1+3.14") + "\r\n");

        assertEquals(List.of("a=1.5, b=-2.25, c=0.5", "d=3.14"), readings);
        feed(session, "1+3.15" + Sdi12Decoder.crc("1+3.14") + "\r\n");
        feed(session, "0+1.5\r\n0000" + "3\r\n0+12345678+1+1\r\n0+1x+1+1\r\n0+1+1+1+1\r\n9+1\r\n");
        assertEquals(2, readings.size());
        assertEquals(1, session.counts().badChecksum());
        assertEquals(3, session.counts().malformed());
        assertEquals(2, session.counts().noValue());
    }

    @Test
    void options_with_mistakes_are_explained() {
        for (String[] bad : new String[][] {
            {"", "option sensors is missing"},
            {"temp:Cel", "should be address, command and values"},
            {"0X=a", "should be address, command and values"},
            {"0M=", "should name 1 to 99 values"},
            {"0=a;1=a", "names 'a' twice"},
            {"0=a:C°", "is not a SenML unit"},
            {"?=a;1=b", "is the only sensor of its line"}
        }) {
            String message = assertThrows(IllegalArgumentException.class, () -> open("sensors", bad[0]))
                    .getMessage();
            assertTrue(message.contains(bad[1]), message);
        }
    }
}
