package io.thicket.drivers.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of answers of wired M-Bus. */
class MbusDecoderTest {
    /** Encrypted by OpenSSL: energy, flow temperature and volume, with fillers before and behind. */
    private static final String ENCRYPTED = "08 05 72 56 34 12 90 2D 2C 1C 04 7B 00 20 05"
            + "EC 06 66 07 91 C5 1E BB 3A E0 A2 4D 97 19 EE 75 74 1A 7B 9C 22 86 A9 7D CF 3E C5 45 59 B3 AB 09";

    private static final String KEY = "00112233445566778899AABBCCDDEEFF";

    private DeviceSession session = open(Map.of());
    private final List<String> readings = new ArrayList<>();

    private static DeviceSession open(Map<String, String> options) {
        return DriverCatalogue.find("mbus.meter").orElseThrow().open(options);
    }

    private void feed(String body) {
        byte[] data = Bytes.parse(body).toArray();
        byte[] frame = new byte[data.length + 6];
        frame[0] = 0x68;
        frame[1] = (byte) data.length;
        frame[2] = (byte) data.length;
        frame[3] = 0x68;
        System.arraycopy(data, 0, frame, 4, data.length);
        for (byte b : data) {
            frame[frame.length - 2] += b;
        }
        frame[frame.length - 1] = 0x16;
        session.onBytes(0, frame, 0, frame.length, (at, values) -> {
            for (Observation each : values) {
                Object value = each.value() instanceof Observation.Value.Numeric number
                        ? (Object) number.value()
                        : ((Observation.Value.Text) each.value()).value();
                readings.add(each.name() + "=" + value + (each.unit() == null ? "" : " " + each.unit())
                        + (each.reason() == null ? "" : "!" + each.reason()));
            }
        });
    }

    /** The example of the M-Bus documentation: a water meter with a counter of litres and a stored one. */
    @Test
    void the_fixed_structure() {
        byte[] published = Bytes.parse("68 13 13 68 08 05 73 78 56 34 12 0A 00 E9 7E 01 00 00 00 35 01 00 00 3C 16")
                .toArray();
        session.onBytes(
                0,
                published,
                0,
                published.length,
                (at, values) -> values.forEach(each -> readings.add(
                        each.name() + "=" + ((Observation.Value.Numeric) each.value()).value() + " " + each.unit())));

        assertEquals(List.of("volume=0.001 m3", "volume_s1=0.135 m3"), readings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Binary, kWh and 100 W.
                "01 05 16 D2 04 00 00 FF FF FF FF|[energy=4.4424E9 J, power=-100.0 W]",
                // BCD, MJ and kJ/h: 3600 of them are 1000 W.
                "00 0E 1D 12 00 00 00 00 36 00 00|[energy=1.2E7 J, power=1000.0 W]",
                // m3 and l/h, stored at a fixed date.
                "02 2C 32 34 12 00 00 00 72 00 00|[volume_s1=1234.0 m3, flow_s1=0.002 m3/s]",
                "00 38 39 50 21 00 00 07 00 00 00|[temperature=2.15 Cel, heat_cost=7.0 count]",
                // The same quantity twice.
                "00 29 29 01 00 00 00 02 00 00 00|[volume=0.001 m3, volume_2=0.002 m3]",
                // A time of day, and a counter that is not there.
                "00 00 29 01 00 00 00 FF FF FF FF|[]",
                "08 3F 3F 01 00 00 00 02 00 00 00|[dimensionless=1.0!the meter reports a permanent error,"
                        + " dimensionless_2=2.0!the meter reports a permanent error]"
            })
    void units_of_the_fixed_structure(String data, String expected) {
        feed("08 05 73 78 56 34 12 0A " + data);

        assertEquals(expected, readings.toString());
        assertEquals(1, session.counts().good() + session.counts().noValue());
    }

    @Test
    void a_fixed_structure_of_another_length_is_refused() {
        feed("08 05 73 78 56 34 12 0A 00 29 29 01 00 00 00 02 00 00");

        assertEquals(1, session.counts().malformed());
    }

    @Test
    void an_encrypted_answer_is_read_with_its_key() {
        session = open(Map.of("key", KEY));
        feed(ENCRYPTED);

        assertEquals(List.of("energy=1.008504E11 J", "flow_temperature=95.0 Cel", "volume=54.321 m3"), readings);
    }

    @Test
    void an_encrypted_answer_without_key_has_no_value_and_is_not_read_as_plain() {
        feed(ENCRYPTED);
        for (String mode : new String[] {"22", "23", "24", "27", "28", "29", "2A", "2D"}) {
            feed("08 05 72 78 56 34 12 93 15 33 03 2A 00 10 " + mode
                    + "04 13 31 D4 00 00 2F 2F 2F 2F 2F 2F 2F 2F 2F 2F");
        }

        assertEquals(List.of(), readings);
        assertEquals(9, session.counts().noValue());
    }

    @Test
    void another_key_or_another_maker_is_malformed() {
        session = open(Map.of("key", KEY.replace("FF", "FE")));
        feed(ENCRYPTED);
        session = open(Map.of("key", KEY));
        feed(ENCRYPTED.replace("2D 2C 1C", "2D 2D 1C"));
        // More blocks than there are.
        feed(ENCRYPTED.replace("7B 00 20 05", "7B 00 30 05"));

        assertEquals(List.of(), readings);
        assertEquals(2, session.counts().malformed());
    }

    @Test
    void what_follows_the_encrypted_blocks_is_plain() {
        session = open(Map.of("key", KEY));
        feed(ENCRYPTED + "04 13 31 D4 00 00");

        assertTrue(readings.contains("volume_2=54.321 m3"), readings.toString());
    }

    @Test
    void a_meter_that_can_encrypt_but_did_not_is_plain() {
        feed("08 05 72 78 56 34 12 93 15 33 03 2A 00 00 05 04 13 31 D4 00 00");

        assertEquals(List.of("volume=54.321 m3"), readings);
    }

    @Test
    void a_key_with_a_mistake_is_refused_and_not_repeated() {
        String message = assertThrows(IllegalArgumentException.class, () -> open(Map.of("key", KEY + "0")))
                .getMessage();

        assertTrue(message.contains("32 hexadecimal digits") && !message.contains("0011"), message);
        assertTrue(!MbusKey.parse(KEY).toString().contains("00"));
    }
}
