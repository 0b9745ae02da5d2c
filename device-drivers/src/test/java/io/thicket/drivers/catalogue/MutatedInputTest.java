package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.FrameCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged input ends in counts, never in an exception or in endless work. */
@Tag("any-jdk") // it only computes
class MutatedInputTest {
    private static final int ROUNDS = 20_000;

    private static final List<byte[]> SEEDS = List.of(
            HexFormat.of().parseHex("424d001c00000008000800000008000800d20046002d001e00000000970002c5"),
            HexFormat.of().parseHex("424d0004e4000177"),
            HexFormat.of().parseHex("01040000000271cb010404436633341b38"),
            HexFormat.of().parseHex("01040000000a700d01041408d1006c000000f400000026000001f4006400005134"),
            HexFormat.of().parseHex("fe0400000004e5c6fe0408000000000000019016e6"),
            ascii("$GNGGA,171926.00,4404.14063,N,12118.85478,W,1,12,0.91,1147.2,M,-21.3,M,,*44\r\n"),
            ascii("$GPRMC,,V,,,,,,,,,,N*53\r\n"),
            ascii("!AIVDM,2,2,9,B,`88888888888880,2*76\r\n"),
            ascii("temp=21.5 hum=40,5;x:nan\n"),
            ascii("21.5,40,-3e2\r\n"),
            ascii("{\"a\":1.5e3,\"b\":{\"c\":\"\\u0041\",\"d\":null},\"e\":true}\n"));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static List<String> ids() {
        return DriverCatalogueTest.ids();
    }

    static Map<String, String> options(String id) {
        return switch (id) {
            case "text.csv" -> Map.of("columns", "a:hPa,b,-");
            case "text.regex" -> Map.of("pattern", "([a-z]+)=([-0-9.]+)", "columns", "-,b");
            case "enocean.esp3" -> Map.of("devices", "hall:0181B744:A5-02-05");
            case "sdi12.sensors" -> Map.of("sensors", "0MC=level:m;1=a,b");
            case "virtual.device" -> Map.of("device", "nova.sds011");
            case "modbus" -> Map.of("map", DriverCatalogueTest.MAP);
            default -> Map.of();
        };
    }

    @ParameterizedTest
    @MethodSource("ids")
    void mutated_input_is_counted_and_never_throws(String id) {
        Random random = new Random(0x5eed);
        Decoded device = Decoded.by(id, options(id));
        List<byte[]> seeds = new ArrayList<>(SEEDS);
        // Its own frames often enough that some get through.
        for (int i = 0; i < SEEDS.size(); i++) {
            seeds.addAll(DriverCatalogueTest.vectors(id));
        }
        long fed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = mutate(seeds.get(random.nextInt(seeds.size())).clone(), random);
            device.feed(round, input);
            device.readings.clear();
            fed += input.length;
            if (random.nextInt(100) == 0) {
                device.session.onSilence(round, (at, observations) -> {});
            }
            if (random.nextInt(1000) == 0) {
                device.session.reset();
            }
        }
        FrameCounts counts = device.counts();
        assertTrue(counts.skippedBytes() <= fed, counts.toString());
        assertTrue(counts.good() > 0, counts.toString());
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }
}
