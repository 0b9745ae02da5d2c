package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.SenmlUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bits of registers to numbers. */
class RegisterValueTest {
    private static double number(RegisterValue value, String hex) {
        Observation observation = read(value, hex);
        return ((Observation.Value.Numeric) observation.value()).value();
    }

    private static Observation read(RegisterValue value, String hex) {
        return value.read(HexFormat.of().parseHex(hex), 0, value.address()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "U16, ABCD, fffe, 65534",
        "S16, ABCD, fffe, -2",
        "U16, BADC, feff, 65534",
        "U32, ABCD, 80000001, 2147483649",
        "S32, ABCD, fffffffe, -2",
        "U32, CDAB, 00018000, 2147483649",
        "U32, BADC, 00800100, 2147483649",
        "U32, DCBA, 01000080, 2147483649",
        "U64, ABCD, 8000000000000000, 9223372036854775808",
        "S64, ABCD, fffffffffffffffe, -2",
        "U64, CDAB, 0004000300020001, 281483566841860",
        "U64, DCBA, 0400030002000100, 281483566841860",
        "F32, ABCD, 43663333, 230.2",
        "F32, BADC, 66433333, 230.2",
        "F32, CDAB, 33334366, 230.2",
        "F32, DCBA, 33336643, 230.2",
        "F64, ABCD, 406cc66666666666, 230.2",
        "F64, CDAB, 66666666c666406c, 230.2",
        "BCD16, ABCD, 1234, 1234",
        "BCD32, CDAB, 56781234, 12345678",
    })
    void types_and_orders(ValueType type, WordOrder order, String hex, double expected) {
        RegisterValue value = Values.scaled("v", RegisterTable.INPUT, 0, type, order, 1, null);

        assertEquals(expected, number(value, hex));
    }

    /** The answer of a libmodbus whose "abcd" float swaps the bytes: 230.2 in order BADC. */
    @Test
    void a_float_of_libmodbus_is_read_in_order_badc() {
        RegisterValue value = Values.scaled("v", RegisterTable.INPUT, 0, ValueType.F32, WordOrder.BADC, 1, null);

        assertEquals(230.2, number(value, "66433333"), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 08d1, 225.7", "0.001, 006c, 0.108", "10, 0003, 30", "0.5, 0003, 1.5", "-0.1, 000a, -1"})
    void a_decimal_scale_gives_the_number_that_is_meant(double scale, String hex, double expected) {
        RegisterValue value = Values.scaled("v", RegisterTable.INPUT, 0, ValueType.U16, WordOrder.ABCD, scale, null);

        assertEquals(expected, number(value, hex));
    }

    @Test
    void secondary_units_become_primary_ones() {
        RegisterValue value = Values.scaled("v", RegisterTable.INPUT, 0, ValueType.U32, WordOrder.CDAB, 1, "Wh");

        assertEquals(38 * 3600, number(value, "00260000"));
        assertEquals("J", read(value, "00260000").unit());
    }

    @Test
    void what_is_no_number_is_no_value() {
        RegisterValue decimal = Values.of("v", RegisterTable.INPUT, 0, ValueType.BCD16);
        RegisterValue real = Values.of("v", RegisterTable.INPUT, 0, ValueType.F32);

        assertTrue(decimal.read(HexFormat.of().parseHex("12a4"), 0, 0).isEmpty());
        assertTrue(real.read(HexFormat.of().parseHex("7fc00000"), 0, 0).isEmpty());
        assertTrue(real.read(HexFormat.of().parseHex("7f800000"), 0, 0).isEmpty());
    }

    @Test
    void codes_for_no_value_give_none_and_an_implausible_value_is_uncertain() {
        RegisterValue value = new RegisterValue(
                "co2",
                RegisterTable.INPUT,
                3,
                ValueType.S16,
                1,
                WordOrder.ABCD,
                -1L,
                1,
                0,
                SenmlUnit.find("ppm").orElseThrow(),
                0,
                10_000,
                Set.of(0x7FFFL),
                Map.of());

        assertTrue(value.read(HexFormat.of().parseHex("7fff"), 0, 3).isEmpty());
        assertEquals(904e-6, number(value, "0388"), 1e-18);
        assertEquals(Quality.GOOD, read(value, "0388").quality());
        assertEquals(Quality.UNCERTAIN, read(value, "7000").quality());
        assertEquals("beyond the device's range", read(value, "ffff").reason());
    }

    @Test
    void masked_bits_are_shifted_down() {
        RegisterValue value = new RegisterValue(
                "m",
                RegisterTable.HOLDING,
                0,
                ValueType.U16,
                1,
                WordOrder.ABCD,
                0x0FF0,
                1,
                0,
                null,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Set.of(),
                Map.of());

        assertEquals(0x23, number(value, "1234"));
    }

    @Test
    void bits_flags_and_texts() {
        RegisterValue coil = Values.of("c", RegisterTable.COIL, 9, ValueType.FLAG);
        RegisterValue flag = Values.of("f", RegisterTable.INPUT, 0, ValueType.FLAG);
        RegisterValue text = new RegisterValue(
                "t",
                RegisterTable.HOLDING,
                2,
                ValueType.TEXT,
                3,
                WordOrder.ABCD,
                -1L,
                1,
                0,
                null,
                0,
                0,
                Set.of(),
                Map.of());
        byte[] bits = {0, 0x02};

        assertEquals(
                new Observation.Value.Flag(true),
                coil.read(bits, 0, 0).orElseThrow().value());
        assertEquals(
                new Observation.Value.Flag(false),
                coil.read(new byte[2], 0, 0).orElseThrow().value());
        assertEquals(new Observation.Value.Flag(true), read(flag, "ffff").value());
        assertEquals(
                new Observation.Value.Text("AB?d"), read(text, "414207640000").value());
    }
}
