package io.thicket.drivers.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.thicket.drivers.framing.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MbusReaderTest {
    private static List<MbusRecord> read(String hex) {
        byte[] bytes = Bytes.parse("99 " + hex + " 99").toArray();
        return MbusReader.read(bytes, 1, bytes.length - 1);
    }

    private static String line(MbusRecord record) {
        Object value = record.number() == null ? record.text() : record.number();
        return record.name() + " " + value + (record.unit() == null ? "" : " " + record.unit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "04 13 31 D4 00 00|volume 54.321 m3",
                "0C 13 27 04 85 02|volume 2850.427 m3",
                "0B 3B 27 01 F0|flow -0.127 m3/h",
                "02 5B 5F 00|flow_temperature 95.0 Cel",
                "02 5F 2B 00|return_temperature 43.0 Cel",
                "04 61 8A 14 00 00|temperature_difference 52.58 K",
                "02 65 D0 08|external_temperature 22.56 Cel",
                "22 65 70 08|external_temperature_min 21.6 Cel",
                "12 65 23 09|external_temperature_max 23.39 Cel",
                "04 06 6E 6D 00 00|energy 2.8014E7 Wh",
                "84 20 FB 00 03 00 00 00|energy_t2 300000.0 Wh",
                "44 13 00 00 00 00|volume_s1 0.0 m3",
                "84 40 13 45 C6 09 00|volume_d1 640.581 m3",
                "82 01 6C 5F 1C|date_s2 2010-12-31",
                "04 6D 1D 0D 98 11|time 2012-01-24T13:29:00",
                "02 27 FA 01|operating_time 4.37184E7 s",
                "02 FD 47 E6 00|voltage 2.3 V",
                "02 FC 03 48 52 25 74 D4 11|humidity 45.64 %RH",
                "04 90 28 A0 86 01 00|volume_x28 0.1 m3",
                "05 2B 00 00 48 41|power 12.5 W",
                "01 FD 1B 00|digital_input 0.0",
                "04 BB 00 E8 03 00 00|flow 1.0 m3/h",
            })
    void each_record_is_read(String hex, String expected) {
        List<MbusRecord> records = read(hex);

        assertEquals(
                List.of(expected), records.stream().map(MbusReaderTest::line).toList());
    }

    @Test
    void fillers_are_no_records_and_what_is_the_makers_own_ends_them() {
        assertEquals(2, read("2F 2F 04 13 31 D4 00 00 2F 0F 01 02 03").size());
    }

    @Test
    void what_is_not_there_has_no_value() {
        assertNull(read("0C 13 EE EE EE EE").get(0).number());
        assertNull(read("42 6C 00 00").get(0).text());
        assertNull(read("04 6D 80 0D 98 11").get(0).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04",
                "04 13",
                "04 13 31 D4",
                "84",
                "84 80 80 80 80 80 80 80 80 80 80 80 00 13 00 00 00 00",
                "04 93",
                "04 93 80 80 80 80 80 80 80 80 80 80 80 00 00 00 00 00",
                "02 FC",
                "02 FC 10 48",
                "0D 78 20 41",
                "0D 78 FF"
            })
    void damaged_records_are_refused(String hex) {
        assertNull(read(hex));
    }
}
