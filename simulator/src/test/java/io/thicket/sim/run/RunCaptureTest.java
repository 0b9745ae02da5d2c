package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of its own, after the specification: it must find what the run says that it did. */
final class RunCaptureTest {
    private static final String LINE = """
            [scenario]
            duration = "3min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            names = ["gate", "hill", "barn", "well"]
            [[traffic]]
            interval = "10s"
            [[fault]]
            kind = "crash"
            nodes = [2]
            at = "100s"
            """;

    @TempDir
    private Path directory;

    private record Packet(int its, long timeUs, ByteBuffer bytes, String comment) {}

    private final List<Packet> packets = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private String sectionComment = "";

    private static String comment(ByteBuffer options) {
        while (options.remaining() >= 4) {
            int code = options.getShort();
            int length = options.getShort();
            byte[] value = new byte[length];
            options.get(value);
            options.position(options.position() + (4 - length % 4) % 4);
            if (code == 1) {
                return new String(value, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private void read(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        while (all.hasRemaining()) {
            int type = all.getInt();
            int total = all.getInt();
            assertEquals(0, total % 4, "blocks are padded");
            ByteBuffer body = all.slice(all.position(), total - 12);
            all.position(all.position() + total - 12);
            assertEquals(total, all.getInt(), "both lengths agree");
            switch (type) {
                case 0x0a0d0d0a -> {
                    assertEquals(0x1a2b3c4d, body.getInt());
                    body.position(16);
                    sectionComment = comment(body);
                }
                case 1 -> {}
                case 4 -> {
                    assertEquals(2, body.getShort());
                    byte[] value = new byte[body.getShort()];
                    body.get(value);
                    names.add(new String(value, 16, value.length - 17, StandardCharsets.UTF_8));
                }
                case 6 -> {
                    int its = body.getInt();
                    long time = (long) body.getInt() << 32 | body.getInt() & 0xffff_ffffL;
                    int length = body.getInt();
                    assertEquals(length, body.getInt());
                    ByteBuffer bytes = body.slice(body.position(), length);
                    body.position(body.position() + (length + 3) / 4 * 4);
                    packets.add(new Packet(its, time, bytes, comment(body)));
                }
                default -> throw new AssertionError("block " + type);
            }
        }
    }

    private static int onesSum(ByteBuffer packet) {
        int udpLength = packet.remaining() - 40;
        long sum = udpLength + 17;
        for (int i = 8; i < packet.remaining(); i++) {
            sum += (long) (packet.get(i) & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    @Test
    void a_capture_holds_every_frame_of_the_air_and_the_run_is_the_same() throws ConfigException, IOException {
        Scenario scenario = ScenarioReader.parse(LINE, "test.toml", directory, Overrides.NONE);
        ScenarioRun plain = new ScenarioRun(scenario);
        plain.run((simulatedUs, events) -> true);
        ScenarioRun run = new ScenarioRun(scenario);
        Path file = directory.resolve("out.pcapng");
        try (RunCapture capture = new RunCapture(scenario, run, "test", file)) {
            run.run((simulatedUs, events) -> true);
            assertFalse(capture.isCutShort());
        }

        read(file);

        assertEquals(plain.figures().traceHash(), run.figures().traceHash());
        assertTrue(sectionComment.contains("seed 0x1"), sectionComment);
        assertEquals(List.of("gate", "hill", "barn", "well", "everyone"), names);
        List<Packet> air = packets.stream().filter(packet -> packet.its == 0).toList();
        long again = air.stream()
                .filter(packet -> packet.comment.endsWith("sent again by the MAC"))
                .count();
        // Frames handed to the MAC that its queue held until the end, or that died with node 2, were never on the air.
        assertEquals(run.figures().frames(), air.size() - again, 5);
        HopEnvelope envelope = new HopEnvelope();
        long last = 0;
        for (Packet packet : air) {
            assertEquals(0x6, packet.bytes.get(0) >> 4 & 0xf);
            assertEquals(packet.bytes.remaining() - 40, packet.bytes.getShort(4));
            assertEquals(0xffff, onesSum(packet.bytes), "checksum");
            ByteBuffer coap = ByteBuffer.allocateDirect(packet.bytes.remaining() - 48);
            coap.put(packet.bytes.duplicate().position(48)).flip();
            assertTrue(envelope.decode(coap) != HopEnvelope.Kind.REFUSED, packet.comment);
            assertTrue(packet.timeUs >= last, "in the order of time");
            last = packet.timeUs;
        }
        assertTrue(air.stream()
                .anyMatch(packet ->
                        packet.comment.matches("well to barn, data: message \\d+ of well \\(packets [\\d ]+\\)")));
        List<String> events = packets.stream()
                .filter(packet -> packet.its == 1)
                .map(Packet::comment)
                .toList();
        assertTrue(events.contains("barn lost its power"), events::toString);
        assertTrue(
                events.stream().anyMatch(text -> text.startsWith("well the MAC gave up: well to barn, ")),
                events::toString);
    }
}
