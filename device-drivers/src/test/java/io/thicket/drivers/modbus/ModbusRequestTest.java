package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests byte by byte, and their answers among noise. */
class ModbusRequestTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static void assertSends(String frame, ModbusRequest request) {
        assertEquals(HexFormat.of().formatHex(hex(frame)), HexFormat.of().formatHex(request.request()));
    }

    /** The answer that is found when the bytes come one after the other; nothing if none is. */
    private static byte[] found(ModbusRequest request, byte[] bytes) {
        for (int to = 1; to <= bytes.length; to++) {
            int length = request.answerAt(bytes, 0, to);
            if (length > 0) {
                byte[] answer = new byte[length];
                System.arraycopy(bytes, to - length, answer, 0, length);
                return answer;
            }
        }
        return new byte[0];
    }

    @Test
    void check_value_is_that_of_the_standard() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertEquals(0x4B37, Checksum.CRC16_MODBUS.over(digits, 0, digits.length));
        assertArrayEquals(hex("0103000000 0a c5cd"), ModbusCrc.append(hex("01030000000a")));
    }

    @Test
    void requests_are_those_that_libmodbus_understood() {
        assertSends("01 03 00 00 00 0a c5 cd", ModbusRequest.read(1, RegisterTable.HOLDING, 0, 10));
        assertSends("01 04 00 00 00 04 f1 c9", ModbusRequest.read(1, RegisterTable.INPUT, 0, 4));
        assertSends("01 01 00 00 00 0a bc 0d", ModbusRequest.read(1, RegisterTable.COIL, 0, 10));
        assertSends("01 02 00 00 00 08 79 cc", ModbusRequest.read(1, RegisterTable.DISCRETE, 0, 8));
        assertSends("01 05 00 02 ff 00 2d fa", ModbusRequest.writeCoil(1, 2, true));
        assertSends("01 06 00 04 12 34 c5 7c", ModbusRequest.writeRegister(1, 4, 0x1234));
        assertSends("01 10 00 0a 00 03 06 00 01 00 02 00 03 1a a1", ModbusRequest.writeRegisters(1, 10, 1, 2, 3));
        assertSends("01 04 00 00 00 0A 70 0D", ModbusRequest.read(1, RegisterTable.INPUT, 0, 10));
        assertSends("F8 04 00 00 00 0A 64 64", ModbusRequest.read(0xF8, RegisterTable.INPUT, 0, 10));
        assertSends("FE 04 00 00 00 04 E5 C6", ModbusRequest.read(0xFE, RegisterTable.INPUT, 0, 4));
        assertSends("FE 06 00 01 7C 06 6C C7", ModbusRequest.writeRegister(0xFE, 1, 0x7C06));
    }

    /** From the examples of the Modbus application protocol, sections 6.11, 6.16 and 6.17, with unit 17. */
    @Test
    void requests_of_the_standards_examples() {
        byte[] coils = ModbusRequest.writeCoils(17, 19, true, false, true, true, false, false, true, true, true, false)
                .request();
        assertArrayEquals(ModbusCrc.append(hex("11 0f 0013 000a 02 cd01")), coils);
        assertArrayEquals(
                ModbusCrc.append(hex("11 16 0004 00f2 0025")),
                ModbusRequest.maskRegister(17, 4, 0xF2, 0x25).request());
        assertArrayEquals(
                ModbusCrc.append(hex("11 17 0003 0006 000e 0003 06 00ff 00ff 00ff")),
                ModbusRequest.writeAndRead(17, 14, new int[] {255, 255, 255}, 3, 6)
                        .request());
        assertArrayEquals(
                ModbusCrc.append(hex("11 2b 0e 01 00")),
                ModbusRequest.identify(17, 1, 0).request());
    }

    record Vector(String name, ModbusRequest request, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Vector[] vectors() {
        return new Vector[] {
            new Vector(
                    "holding registers",
                    ModbusRequest.read(1, RegisterTable.HOLDING, 0, 10),
                    "01 03 14 00 64 00 65 00 66 00 67 00 68 00 69 00 6a 00 6b 00 6c 00 6d 63 d1"),
            new Vector(
                    "input registers",
                    ModbusRequest.read(1, RegisterTable.INPUT, 0, 4),
                    "01 04 08 66 43 33 33 00 00 00 00 d1 0c"),
            new Vector("coils", ModbusRequest.read(1, RegisterTable.COIL, 0, 10), "01 01 02 04 00 bb 3c"),
            new Vector("discrete inputs", ModbusRequest.read(1, RegisterTable.DISCRETE, 0, 8), "01 02 01 00 a1 88"),
            new Vector("coil", ModbusRequest.writeCoil(1, 2, true), "01 05 00 02 ff 00 2d fa"),
            new Vector("register", ModbusRequest.writeRegister(1, 4, 0x1234), "01 06 00 04 12 34 c5 7c"),
            new Vector("registers", ModbusRequest.writeRegisters(1, 10, 1, 2, 3), "01 10 00 0a 00 03 a0 0a"),
            new Vector("exception", ModbusRequest.read(1, RegisterTable.HOLDING, 5000, 2), "01 83 02 c0 f1"),
            new Vector("SenseAir", ModbusRequest.read(0xFE, RegisterTable.INPUT, 3, 1), "FE 04 02 03 88 AD B2"),
            new Vector("Eastron", ModbusRequest.read(1, RegisterTable.INPUT, 0, 2), "01 04 04 43 66 33 34 1B 38"),
            new Vector(
                    "PZEM",
                    ModbusRequest.read(1, RegisterTable.INPUT, 0, 10),
                    "01 04 14 08 D1 00 6C 00 00 00 F4 00 00 00 26 00 00 01 F4 00 64 00 00 51 34"),
            new Vector(
                    "identification",
                    ModbusRequest.identify(17, 1, 0),
                    HexFormat.of()
                            .formatHex(ModbusCrc.append(
                                    hex("11 2b 0e 01 01 00 00 03 00 03 414243 01 02 5858 02 05 56322e3131")))),
        };
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void an_answer_is_found_between_noise_and_behind_a_glitch(Vector vector) {
        byte[] answer = hex(vector.answer());

        assertArrayEquals(answer, found(vector.request(), answer));
        // Transceivers whose line floats between frames.
        assertArrayEquals(answer, found(vector.request(), join(hex("00"), answer, hex("00"))));
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(12)];
            random.nextBytes(noise);
            byte[] half = new byte[random.nextInt(answer.length)];
            System.arraycopy(answer, 0, half, 0, half.length);
            assertArrayEquals(answer, found(vector.request(), join(noise, half, answer)));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void an_answer_with_one_flipped_bit_is_refused(Vector vector) {
        byte[] answer = hex(vector.answer());
        for (int bit = 0; bit < 8 * answer.length; bit++) {
            byte[] broken = answer.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(0, found(vector.request(), broken).length, "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void an_answer_with_a_byte_lost_or_put_in_is_refused(Vector vector) {
        byte[] answer = hex(vector.answer());
        for (int at = 0; at < answer.length; at++) {
            byte[] shorter = new byte[answer.length - 1];
            System.arraycopy(answer, 0, shorter, 0, at);
            System.arraycopy(answer, at + 1, shorter, at, answer.length - at - 1);
            assertEquals(0, found(vector.request(), shorter).length, "without byte " + at);
        }
        for (int at = 1; at < answer.length; at++) {
            byte[] longer = new byte[answer.length + 1];
            System.arraycopy(answer, 0, longer, 0, at);
            longer[at] = 0x5A;
            System.arraycopy(answer, at, longer, at + 1, answer.length - at);
            assertEquals(0, found(vector.request(), longer).length, "with a byte before " + at);
        }
    }

    @Test
    void answers_of_other_units_functions_and_lengths_are_not_taken() {
        ModbusRequest request = ModbusRequest.read(2, RegisterTable.HOLDING, 0, 2);

        for (String other :
                new String[] {"03 03 04 00010002", "02 04 04 00010002", "02 03 02 0001", "02 84 02", "03 83 02"}) {
            assertEquals(0, found(request, ModbusCrc.append(hex(other))).length, other);
        }
        assertEquals(9, found(request, ModbusCrc.append(hex("02 03 04 00010002"))).length);
    }

    @Test
    void a_write_is_answered_by_its_own_address_and_value_only() {
        ModbusRequest request = ModbusRequest.writeRegister(1, 4, 0x1234);

        assertEquals(0, found(request, ModbusCrc.append(hex("01 06 0005 1234"))).length);
        assertEquals(0, found(request, ModbusCrc.append(hex("01 06 0004 1235"))).length);
    }

    @Test
    void an_identification_tells_vendor_product_and_revision() {
        byte[] frame = ModbusCrc.append(hex("11 2b 0e 01 01 00 00 03 00 03 414243 01 02 5807 02 05 56322e3131"));

        assertEquals(Map.of(0, "ABC", 1, "X?", 2, "V2.11"), Identification.objects(frame));
        assertEquals(-1, Identification.more(frame));
    }

    @Test
    void what_the_standard_does_not_allow_is_refused_at_once() {
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.read(0, RegisterTable.INPUT, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.read(1, RegisterTable.INPUT, 0, 126));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.read(1, RegisterTable.COIL, 0, 2001));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.read(1, RegisterTable.INPUT, 65535, 2));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.writeRegister(1, 0, 65536));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.writeRegisters(1, 0, new int[124]));
        assertThrows(IllegalArgumentException.class, () -> ModbusRequest.identify(1, 5, 0));
    }

    @Test
    void every_function_is_obeyed_by_a_slave_and_its_answer_found() {
        ModbusSlave slave = new ModbusSlave(7);
        slave.holding[4] = 0x12;
        slave.input[9] = 0xBEEF;
        slave.discrete[3] = true;

        assertArrayEquals(hex("07 04 02 beef"), exchange(slave, ModbusRequest.read(7, RegisterTable.INPUT, 9, 1)));
        assertArrayEquals(hex("07 02 01 02"), exchange(slave, ModbusRequest.read(7, RegisterTable.DISCRETE, 2, 3)));
        exchange(slave, ModbusRequest.maskRegister(7, 4, 0xF2, 0x25));
        assertEquals(0x17, slave.holding[4]);
        exchange(slave, ModbusRequest.writeCoils(7, 1, true, false, true));
        assertArrayEquals(hex("07 01 01 0a"), exchange(slave, ModbusRequest.read(7, RegisterTable.COIL, 0, 4)));
        exchange(slave, ModbusRequest.writeCoil(7, 1, false));
        exchange(slave, ModbusRequest.writeRegister(7, 0, 0x0102));
        exchange(slave, ModbusRequest.writeRegisters(7, 1, 0x0304, 0x0506));
        assertArrayEquals(
                hex("07 17 06 0102 0304 abcd"),
                exchange(slave, ModbusRequest.writeAndRead(7, 2, new int[] {0xABCD}, 0, 3)));
        assertEquals(false, slave.coils[1]);
    }

    private static byte[] exchange(ModbusSlave slave, ModbusRequest request) {
        byte[] answer = slave.answer(request.request());
        byte[] seen = found(request, answer);
        assertArrayEquals(answer, seen);
        assertEquals(request.answerBytes(), answer.length);
        byte[] body = new byte[seen.length - ModbusCrc.LENGTH];
        System.arraycopy(seen, 0, body, 0, body.length);
        return body;
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
