package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Quality;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlantowerPmsTest {
    private static final String FRAME =
            "42 4d 00 1c 00 00 00 08 00 08 00 00 00 08 00 08 00 d2 00 46 00 2d 00 1e 00 00 00 00 97 00 02 c5";
    private static final String FRAME_5003T =
            "42 4d 00 1c 00 17 00 27 00 29 00 16 00 23 00 29 10 08 04 a9 01 16 00 0c 00 d4 00 e0 9a 00 04 aa";

    @Test
    void a_frame_gives_all_its_values() {
        Decoded sensor = Decoded.by("plantower.pms5003").hex(7, FRAME);

        assertEquals(
                List.of("pm1_0_cf1=0.0 kg/m3, pm2_5_cf1=8.0E-9 kg/m3, pm10_cf1=8.0E-9 kg/m3, pm1_0=0.0 kg/m3,"
                        + " pm2_5=8.0E-9 kg/m3, pm10=8.0E-9 kg/m3, n0_3=210.0 count, n0_5=70.0 count, n1_0=45.0 count,"
                        + " n2_5=30.0 count, n5_0=0.0 count, n10=0.0 count"),
                sensor.lines());
        assertEquals(List.of(7L), sensor.arrivals);
        assertEquals(new FrameCounts(1, 0, 0, 0, 0), sensor.counts());
    }

    @Test
    void the_5003t_has_temperature_and_humidity() {
        Decoded sensor = Decoded.by("plantower.pms5003t", Map.of("values", "pm2_5, n2_5,temperature,humidity"))
                .hex(0, FRAME_5003T);

        assertEquals(
                List.of("pm2_5=3.5E-8 kg/m3, n2_5=12.0 count, temperature=21.2 Cel, humidity=22.4 %RH"),
                sensor.lines());
    }

    @Test
    void a_temperature_below_zero_is_signed() {
        Decoded sensor = Decoded.by("plantower.pms5003t", Map.of("values", "temperature"))
                .hex(0, withWord(FRAME_5003T, 10, 0xFFCE));

        assertEquals(List.of("temperature=-5.0 Cel"), sensor.lines());
    }

    @Test
    void the_first_half_minute_after_opening_is_warming_up() {
        Decoded sensor = Decoded.by("plantower.pms7003");
        sensor.session.reset();

        sensor.hex(5_000, FRAME).hex(34_999, FRAME).hex(35_000, FRAME).hex(36_000, FRAME);

        assertEquals(
                List.of(Quality.WARMING_UP, Quality.WARMING_UP, Quality.GOOD, Quality.GOOD),
                sensor.readings.stream().map(r -> r.get(0).quality()).toList());
        assertTrue(sensor.readings.get(0).get(0).reason().contains("30 s"));
    }

    @Test
    void an_all_zero_frame_has_no_value() {
        String zero = "42 4d 00 1c" + " 00".repeat(24) + " 97 00";
        Decoded sensor = Decoded.by("plantower.pms5003").hex(0, withSum(zero)).hex(1, FRAME);

        assertEquals(1, sensor.readings.size());
        assertEquals(new FrameCounts(1, 0, 0, 1, 0), sensor.counts());
    }

    @Test
    void the_answer_to_a_command_is_skipped() {
        Decoded sensor = Decoded.by("plantower.pms5003")
                .hex(0, withSum("42 4d 00 04 e1 01"))
                .hex(1, FRAME);

        assertEquals(1, sensor.readings.size());
        assertEquals(new FrameCounts(1, 0, 0, 0, 0), sensor.counts());
    }

    @Test
    void a_reported_error_and_a_value_beyond_the_range_make_it_uncertain() {
        Decoded sensor = Decoded.by("plantower.pms5003", Map.of("values", "pm2_5,pm10"))
                .hex(0, withWord(FRAME, 12, 0x9702))
                .hex(1, withWord(FRAME, 4, 1001));

        assertEquals(
                List.of(
                        "pm2_5=8.0E-9 kg/m3!UNCERTAIN, pm10=8.0E-9 kg/m3!UNCERTAIN",
                        "pm2_5=1.001E-6 kg/m3!UNCERTAIN, pm10=8.0E-9 kg/m3"),
                sensor.lines());
    }

    @Test
    void a_wrong_option_says_what_is_right() {
        var unknown =
                assertThrows(IllegalArgumentException.class, () -> Decoded.by("plantower.pms5003", Map.of("x", "y")));
        var name = assertThrows(
                IllegalArgumentException.class, () -> Decoded.by("plantower.pms5003", Map.of("values", "pm25")));

        assertTrue(unknown.getMessage().contains("unknown option 'x'; its options are values"), unknown.getMessage());
        assertTrue(name.getMessage().contains("'pm25' is not one of pm1_0_cf1"), name.getMessage());
    }

    /** Replaces one word of a frame and puts the sum right. */
    private static String withWord(String frame, int word, int value) {
        byte[] bytes = HexFormat.of().parseHex(frame.replace(" ", ""));
        bytes[4 + 2 * word] = (byte) (value >> 8);
        bytes[5 + 2 * word] = (byte) value;
        return withSum(HexFormat.of().formatHex(bytes, 0, bytes.length - 2));
    }

    private static String withSum(String hex) {
        int sum = 0;
        for (byte b : HexFormat.of().parseHex(hex.replace(" ", ""))) {
            sum += b & 0xFF;
        }
        return hex + String.format("%04x", sum);
    }
}
