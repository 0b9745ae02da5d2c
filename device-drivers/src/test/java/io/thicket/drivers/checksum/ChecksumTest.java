package io.thicket.drivers.checksum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void a_running_check_gives_the_value_of_any_part(Checksum kind) {
        byte[] bytes = new byte[600];
        new Random(9).nextBytes(bytes);
        RunningCheck running = RunningCheck.of(kind, bytes.length);
        int[] states = new int[bytes.length + 1];
        states[0] = RunningCheck.INITIAL;
        for (int i = 0; i < bytes.length; i++) {
            states[i + 1] = running.next(states[i], bytes[i] & 0xFF);
        }

        for (int from = 0; from <= bytes.length; from += 7) {
            for (int to = from; to <= bytes.length; to += 5) {
                assertEquals(
                        kind.over(bytes, from, to),
                        running.between(states[from], states[to], to - from),
                        from + " to " + to);
            }
        }
    }
}
