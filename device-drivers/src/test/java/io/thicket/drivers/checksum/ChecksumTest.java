package io.thicket.drivers.checksum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check values that the catalogues of checksums give for the text 123456789. */
class ChecksumTest {
    @ParameterizedTest
    @CsvSource({
        "SUM8,0xDD",
        "NEG8,0x23",
        "INV8,0x22",
        "SUM16,0x01DD",
        "NEG16,0xFE23",
        "XOR8,0x31",
        "FLETCHER8,0xDD15",
        "CRC8,0xF4",
        "CRC8_DALLAS,0xA1",
        "CRC16_MODBUS,0x4B37",
        "CRC16_ARC,0xBB3D",
        "CRC16_X25,0x906E",
        "CRC16_XMODEM,0x31C3"
    })
    void each_checksum_has_its_check_value(Checksum kind, String value) {
        byte[] text = "x123456789y".getBytes(StandardCharsets.US_ASCII);

        assertEquals(Integer.decode(value), kind.over(text, 1, 10));
    }
}
