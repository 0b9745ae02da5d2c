package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.drivers.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What mbpoll asked a slave built on libmodbus, and its answers. The recording lies outside the repository. */
class ModbusCaptureTest {
    private static final RegisterMap MAP = BusRig.map(
            0,
            125,
            List.of(
                    Values.of("first", RegisterTable.HOLDING, 0, ValueType.U16),
                    Values.of("fifth", RegisterTable.HOLDING, 4, ValueType.U16),
                    Values.of("last", RegisterTable.HOLDING, 9, ValueType.U16),
                    Values.of("coil", RegisterTable.COIL, 2, ValueType.FLAG),
                    Values.of("discrete", RegisterTable.DISCRETE, 7, ValueType.FLAG),
                    Values.scaled("real", RegisterTable.INPUT, 0, ValueType.F32, WordOrder.BADC, 1, null)));

    private static final List<String> EXPECTED = List.of(
            "first=100.0", "fifth=104.0", "last=109.0", "real=230.2", "fifth=4660.0", "coil=true", "discrete=false");

    private record Line(boolean sent, byte[] bytes) {}

    private static List<Line> recording() throws IOException {
        String name = "shared/data/serial/modbus-rtu/mbpoll-libmodbus.txt";
        Path root = Path.of(System.getProperty("thicket.root", "."))
                .toAbsolutePath()
                .normalize();
        Path file = root.getParent().resolve(name);
        assumeTrue(Files.exists(file), "no recordings beside the project (" + name + "): skipped");
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String hex = line.replaceAll("^[RT]X|crc-ok| ", "");
            lines.add(new Line(line.startsWith("TX"), HexFormat.of().parseHex(hex)));
        }
        return lines;
    }

    private static List<String> values(List<byte[]> pieces) {
        List<String> values = new ArrayList<>();
        ListenSession session = new ListenSession(MAP, Set.of());
        for (byte[] piece : pieces) {
            session.onBytes(0, piece, 0, piece.length, (at, reading) -> {
                for (Observation each : reading) {
                    Object value = each.value() instanceof Observation.Value.Flag flag
                            ? flag.value()
                            : Math.rint(((Observation.Value.Numeric) each.value()).value() * 1000) / 1000;
                    values.add(each.name() + "=" + value);
                }
            });
        }
        return values;
    }

    @Test
    void values_are_those_of_the_readme_at_once_byte_by_byte_and_between_noise() throws IOException {
        List<byte[]> frames = recording().stream().map(Line::bytes).toList();
        byte[] whole = ModbusRequestTest.join(frames.toArray(new byte[0][]));
        List<byte[]> bytes = new ArrayList<>();
        for (byte b : whole) {
            bytes.add(new byte[] {b});
        }

        assertEquals(EXPECTED, values(List.of(whole)));
        assertEquals(EXPECTED, values(bytes));
        Random random = new Random(4);
        for (int round = 0; round < 100; round++) {
            List<byte[]> noisy = new ArrayList<>();
            for (byte[] frame : frames) {
                byte[] noise = new byte[random.nextInt(9)];
                random.nextBytes(noise);
                noisy.add(noise);
                noisy.add(frame);
            }
            assertEquals(EXPECTED, values(noisy), "round " + round);
        }
    }

    @Test
    void a_frame_with_one_flipped_bit_gives_none_of_its_values() throws IOException {
        List<Line> lines = recording();
        for (int index = 0; index < lines.size(); index++) {
            for (int bit = 0; bit < 8 * lines.get(index).bytes().length; bit++) {
                List<byte[]> frames = new ArrayList<>();
                lines.forEach(line -> frames.add(line.bytes().clone()));
                frames.get(index)[bit / 8] ^= (byte) (1 << bit % 8);
                for (String value : values(frames)) {
                    assertEquals(true, EXPECTED.contains(value), value + " after bit " + bit + " of frame " + index);
                }
            }
        }
    }

    @Test
    void the_master_finds_each_answer_by_its_request() throws IOException {
        List<Line> lines = recording();
        List<ModbusRequest> requests = List.of(
                ModbusRequest.read(1, RegisterTable.HOLDING, 0, 10),
                ModbusRequest.read(1, RegisterTable.INPUT, 0, 4),
                ModbusRequest.writeRegister(1, 4, 0x1234),
                ModbusRequest.read(1, RegisterTable.HOLDING, 4, 1),
                ModbusRequest.writeRegisters(1, 10, 1, 2, 3),
                ModbusRequest.writeCoil(1, 2, true),
                ModbusRequest.read(1, RegisterTable.COIL, 0, 10),
                ModbusRequest.read(1, RegisterTable.DISCRETE, 0, 8),
                ModbusRequest.read(1, RegisterTable.HOLDING, 5000, 2),
                ModbusRequest.read(9, RegisterTable.HOLDING, 0, 1));
        int next = 0;
        for (Line line : lines) {
            if (line.sent()) {
                assertArrayEquals(requests.get(next++).request(), line.bytes());
            } else {
                byte[] answer = line.bytes();
                assertEquals(answer.length, requests.get(next - 1).answerAt(answer, 0, answer.length));
            }
        }
        assertEquals(requests.size(), next);
    }
}
