package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.framing.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTypeTest {
    @ParameterizedTest
    @CsvSource({
        "u8,FF,255",
        "s8,FF,-1",
        "u16be,01 02,258",
        "u16le,01 02,513",
        "s16be,FF FE,-2",
        "s16le,FE FF,-2",
        "u24be,01 8B 89,101257",
        "s24le,FF FF FF,-1",
        "u32be,FF FF FF FF,4294967295",
        "s32le,FE FF FF FF,-2",
        "u48be,00 01 00 00 00 00,4294967296",
        "u64be,FF FF FF FF FF FF FF FF,18446744073709551615",
        "s64le,FF FF FF FF FF FF FF FF,-1",
        "f32be,41 48 00 00,12.5",
        "f32le,00 00 48 41,12.5",
        "f64be,40 29 00 00 00 00 00 00,12.5",
        "bcd8,42,42",
        "bcd16be,12 34,1234",
        "bcd32le,78 56 34 12,12345678",
        "bcd16be,1A 00,NaN"
    })
    void each_type_reads_its_number(String name, String hex, double number) {
        NumberType type = NumberType.parse(name).orElseThrow();
        byte[] bytes = Bytes.parse("99 " + hex).toArray();

        assertEquals(number, type.number(type.bits(bytes, 1)));
        assertEquals(name, type.toString());
        byte[] again = new byte[bytes.length];
        again[0] = (byte) 0x99;
        type.write(again, 1, type.bits(bytes, 1));
        assertEquals(Bytes.copyOf(bytes), Bytes.copyOf(again));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "u16", "u8be", "f16be", "f8", "u12be", "x16be", "u16me", "bcd"})
    void anything_else_is_no_type(String name) {
        assertTrue(NumberType.parse(name).isEmpty());
    }
}
