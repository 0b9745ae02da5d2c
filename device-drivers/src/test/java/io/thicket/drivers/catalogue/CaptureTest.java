package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.drivers.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings decode to the values that other programs read out of them. They lie outside the repository. */
class CaptureTest {
    private static Path capture(String name) {
        Path file = Path.of(System.getProperty("thicket.root", "."))
                .toAbsolutePath()
                .normalize()
                .getParent()
                .resolve("shared/data/serial")
                .resolve(name);
        if (!Files.exists(file)) {
            // A second working copy may lie one level deeper.
            file = file.getRoot()
                    .resolve(file.subpath(0, 1))
                    .resolve("shared/data/serial")
                    .resolve(name);
        }
        assumeTrue(Files.exists(file), "no recordings beside the project (" + name + "): skipped");
        return file;
    }

    private static byte[] hexdump(Path file) throws IOException {
        StringBuilder hex = new StringBuilder();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher matcher =
                    Pattern.compile("^[0-9a-f]+:((?: +[0-9a-f]{2})+)(?:  |$)").matcher(line);
            if (matcher.find()) {
                hex.append(matcher.group(1).replace(" ", ""));
            }
        }
        return HexFormat.of().parseHex(hex);
    }

    private static double value(List<Observation> reading, String name) {
        return reading.stream()
                .filter(o -> o.name().equals(name))
                .mapToDouble(o -> (Double) Decoded.value(o.value()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"PMSx003,plantower.pms5003", "PMS5003T,plantower.pms5003t"})
    void plantower_recordings_equal_their_tables(String recording, String driver) throws IOException {
        byte[] bytes = hexdump(capture("pm-sensors/" + recording + ".hexdump"));
        List<String> rows = Files.readAllLines(capture("pm-sensors/" + recording + ".csv"));
        String[] columns = rows.get(0).split(", *");
        Decoded sensor = Decoded.by(driver);
        for (byte b : bytes) {
            sensor.feed(0, new byte[] {b});
        }

        assertEquals(rows.size() - 1, sensor.readings.size());
        for (int row = 1; row < rows.size(); row++) {
            String[] cells = rows.get(row).split(", *");
            List<Observation> reading = sensor.readings.get(row - 1);
            for (int column = 1; column < columns.length; column++) {
                assertColumn(columns[column], Double.parseDouble(cells[column]), reading, row);
            }
        }
    }

    private static void assertColumn(String column, double expected, List<Observation> reading, int row) {
        switch (column) {
            case "raw01" -> assertEquals(expected, value(reading, "pm1_0_cf1") * 1e9, 0.05);
            case "raw25" -> assertEquals(expected, value(reading, "pm2_5_cf1") * 1e9, 0.05);
            case "raw10" -> assertEquals(expected, value(reading, "pm10_cf1") * 1e9, 0.05);
            case "pm01" -> assertEquals(expected, value(reading, "pm1_0") * 1e9, 0.05);
            case "pm25" -> assertEquals(expected, value(reading, "pm2_5") * 1e9, 0.05);
            case "pm10" -> assertEquals(expected, value(reading, "pm10") * 1e9, 0.05);
            case "temp" -> assertEquals(expected, value(reading, "temperature"), 0.05);
            case "rhum" -> assertEquals(expected, value(reading, "humidity"), 0.05);
            case "n10_0" -> assertEquals(expected, value(reading, "n10") / 100, 0.005);
            default -> assertEquals(expected, value(reading, column) / 100, 0.005, column + " of row " + row);
        }
    }

    @Test
    void a_plantower_stream_with_noise_loses_only_the_frames_it_hits() throws IOException {
        byte[] bytes = hexdump(capture("pm-sensors/PMSx003.hexdump"));
        Random random = new Random(11);
        Decoded sensor = Decoded.by("plantower.pms5003");
        int clean = 0;
        for (int at = 0; at + 32 <= bytes.length; at += 32) {
            byte[] frame = new byte[32];
            System.arraycopy(bytes, at, frame, 0, 32);
            byte[] noise = new byte[random.nextInt(4)];
            random.nextBytes(noise);
            sensor.feed(0, noise);
            if (random.nextInt(5) == 0) {
                frame[random.nextInt(32)] ^= 0x10;
            } else {
                clean++;
            }
            sensor.feed(0, frame);
        }
        // A damaged frame at the end may still be waited for.
        sensor.feed(0, new byte[32]);

        assertEquals(clean, sensor.readings.size());
    }

    @ParameterizedTest
    @CsvSource({
        "GPSmap-76S,10",
        "april6_2019,2",
        "beidou-gb,0",
        "bn-9015,12",
        "bu353s4,10",
        "com-1289,10",
        "gr8013-w,9",
        "mtk-3301,8",
        "neo-m8n,10",
        "nmea-fuzzy-cases,10",
        "quectel-L70,10",
    })
    void positions_equal_those_of_gpsd(String recording, int atLeast) throws IOException {
        byte[] log = Files.readAllBytes(capture("gps/" + recording + ".log"));
        Set<String> known = positionsOfGpsd(capture("gps/" + recording + ".log.chk"));
        Decoded gps = Decoded.by("nmea0183", Map.of("values", "lat,lon"));

        gps.feed(0, log);

        List<String> strange = new ArrayList<>();
        List<String> strangeBefore = new ArrayList<>();
        int seen = 0;
        for (List<Observation> reading : gps.readings) {
            String position = rounded(value(reading, "lat"), value(reading, "lon"));
            if (known.contains(position)) {
                // gpsd prints a fix when the next one begins, so the last of a log is missing there.
                strangeBefore.addAll(strange);
                strange.clear();
                seen++;
            } else {
                strange.add(position);
            }
        }
        assertEquals(List.of(), strangeBefore, "positions that gpsd does not have");
        assertTrue(strange.size() <= 3, "positions at the end that gpsd does not have: " + strange);
        assertTrue(seen >= atLeast, seen + " positions");
        assertEquals(0, gps.counts().malformed());
    }

    private static Set<String> positionsOfGpsd(Path file) throws IOException {
        Pattern position = Pattern.compile("\"lat\":(-?[0-9.]+),\"lon\":(-?[0-9.]+)");
        Set<String> positions = new TreeSet<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher matcher = position.matcher(line);
            if (matcher.find()) {
                positions.add(rounded(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))));
            }
        }
        return positions;
    }

    private static String rounded(double latitude, double longitude) {
        return Math.round(latitude * 1e7) + " " + Math.round(longitude * 1e7);
    }

    @ParameterizedTest
    @CsvSource({"ublox-neo-m8l,1", "ublox-neo-m8p,0", "ais-nmea,1", "pypilot,1", "bu303-nofix,0"})
    void mixed_and_binary_recordings_do_no_harm(String recording, int atLeast) throws IOException {
        byte[] log = Files.readAllBytes(capture("gps/" + recording + ".log"));
        Decoded gps = Decoded.by("nmea0183");

        gps.feed(0, log);

        assertTrue(gps.counts().good() + gps.counts().noValue() >= atLeast, recording);
        assertTrue(gps.counts().skippedBytes() > 0, recording);
        for (List<Observation> reading : gps.readings) {
            assertTrue(!reading.isEmpty());
        }
    }
}
