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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NMEA 0183 and AIS beside {@code gpsdecode} of gpsd, on lines that this test makes up; skipped where it is not installed. */
final class GpsdecodeTest {
    private static final int EPOCHS = 30;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsGpsdecode() throws IOException, InterruptedException {
        boolean installed;
        try {
            installed = new ProcessBuilder("gpsdecode", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "gpsdecode is not installed (package gpsd-clients): skipped");
    }

    @Test
    void positions_height_speed_and_course_are_those_of_gpsdecode() throws IOException, InterruptedException {
        Random random = new Random(83);
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < EPOCHS; i++) {
            String time = String.format(Locale.ROOT, "12%02d%02d.00", i / 60, i % 60);
            String place =
                    place(random.nextDouble(-89, 89), 2, "NS") + "," + place(random.nextDouble(-179, 179), 3, "EW");
            double height = random.nextDouble(-100, 4_000);
            line(log, '$', String.format(Locale.ROOT, "GPGGA,%s,%s,1,09,0.9,%.1f,M,40.0,M,,", time, place, height));
            line(
                    log,
                    '$',
                    String.format(
                            Locale.ROOT,
                            "GPRMC,%s,A,%s,%.3f,%.2f,010626,,,A",
                            time,
                            place,
                            random.nextDouble(1, 60),
                            random.nextDouble(0, 359)));
        }
        String json = gpsdecode(log.toString());
        Decoded gps = Decoded.by("nmea0183", Map.of()).text(log.toString());

        List<String> ours = new ArrayList<>();
        double[] latest = new double[5];
        for (List<Observation> reading : gps.readings) {
            boolean moves = false;
            for (Observation each : reading) {
                switch (each.name()) {
                    case "lat" -> latest[0] = number(each);
                    case "lon" -> latest[1] = number(each);
                    case "altitude" -> latest[2] = number(each);
                    case "speed" -> {
                        latest[3] = number(each);
                        moves = true;
                    }
                    case "course" -> latest[4] = number(each);
                    default -> {}
                }
            }
            if (moves) {
                ours.add(rounded(latest));
            }
        }
        List<String> theirs = new ArrayList<>();
        Pattern fix = Pattern.compile("\"class\":\"TPV\".*");
        for (String line : json.split("\n")) {
            if (fix.matcher(line).find() && line.contains("\"track\":") && line.contains("\"altMSL\":")) {
                theirs.add(rounded(
                        key(line, "lat"),
                        key(line, "lon"),
                        key(line, "altMSL"),
                        key(line, "speed"),
                        key(line, "track")));
            }
        }

        assertEquals(EPOCHS, ours.size());
        // The first fix of a cycle whose end gpsdecode does not know yet, and the last, may be missing there.
        assertTrue(theirs.size() >= EPOCHS - 3, theirs.size() + " fixes of gpsdecode in\n" + json);
        for (String each : theirs) {
            assertTrue(ours.contains(each), each + " of gpsdecode is not among\n" + String.join("\n", ours));
        }
    }

    @Test
    void what_is_passed_on_of_ais_is_read_by_gpsdecode_as_the_whole_log() throws IOException, InterruptedException {
        Random random = new Random(84);
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < EPOCHS; i++) {
            line(
                    log,
                    '!',
                    "AIVDM,1,1,,A,"
                            + position(
                                    200_000_000 + i,
                                    random.nextInt(-107_000_000, 107_000_000),
                                    random.nextInt(-53_000_000, 53_000_000))
                            + ",0");
            line(log, '$', "GPHDT," + random.nextInt(360) + ".0,T");
        }
        Decoded ais = Decoded.by("nmea0183", Map.of()).text(log.toString());
        StringBuilder passed = new StringBuilder();
        for (List<Observation> reading : ais.readings) {
            for (Observation each : reading) {
                if (each.name().equals("ais")) {
                    passed.append(Decoded.value(each.value())).append("\r\n");
                }
            }
        }

        String ships = ships(gpsdecode(passed.toString()));
        assertEquals(EPOCHS, ships.lines().count(), ships);
        assertEquals(ships(gpsdecode(log.toString())), ships);
    }

    private static String ships(String json) {
        StringBuilder ships = new StringBuilder();
        for (String line : json.split("\n")) {
            if (line.contains("\"class\":\"AIS\"")) {
                ships.append(line).append('\n');
            }
        }
        return ships.toString();
    }

    /** ITU-R M.1371, message 1: who, and where in ten-thousandths of a minute. */
    private static String position(int mmsi, int longitude, int latitude) {
        StringBuilder bits = new StringBuilder();
        bits(bits, 1, 6);
        bits(bits, 0, 2);
        bits(bits, mmsi, 30);
        bits(bits, 0, 4 + 8 + 10 + 1);
        bits(bits, longitude, 28);
        bits(bits, latitude, 27);
        bits(bits, 0, 12 + 9 + 6 + 2 + 3 + 1 + 19);
        StringBuilder armour = new StringBuilder();
        for (int at = 0; at < bits.length(); at += 6) {
            int six = Integer.parseInt(bits.substring(at, at + 6), 2);
            armour.append((char) (six + (six < 40 ? 48 : 56)));
        }
        return armour.toString();
    }

    private static void bits(StringBuilder out, long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            out.append(value >> i & 1);
        }
    }

    private static String place(double degrees, int digits, String sides) {
        double minutes = Math.round(Math.abs(degrees) * 60 * 1e5) / 1e5;
        int whole = (int) (minutes / 60);
        return String.format(
                Locale.ROOT,
                "%0" + digits + "d%08.5f,%s",
                whole,
                minutes - whole * 60,
                sides.charAt(degrees < 0 ? 1 : 0));
    }

    private static void line(StringBuilder log, char start, String sentence) {
        int check = 0;
        for (int i = 0; i < sentence.length(); i++) {
            check ^= sentence.charAt(i);
        }
        log.append(start).append(sentence).append(String.format(Locale.ROOT, "*%02X\r\n", check));
    }

    private static double number(Observation each) {
        return ((Number) Decoded.value(each.value())).doubleValue();
    }

    private static double key(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(json);
        assertTrue(matcher.find(), name + " in " + json);
        return Double.parseDouble(matcher.group(1));
    }

    /** Degrees to 1e-7, metres to a tenth, m/s and degrees of course to a tenth. */
    private static String rounded(double... values) {
        return Math.round(values[0] * 1e6) + " " + Math.round(values[1] * 1e6) + " " + Math.round(values[2] * 10) + " "
                + Math.round(values[3] * 10) + " " + Math.round(values[4]);
    }

    private String gpsdecode(String log) throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("log.nmea"), log, StandardCharsets.US_ASCII);
        Path output = directory.resolve("log.json");
        Process process = new ProcessBuilder("gpsdecode", "-j")
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "gpsdecode does not end");
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }
}
