package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.meter.MbusReader;
import io.thicket.drivers.meter.MbusRecord;
import io.thicket.drivers.meter.Telegram;
import io.thicket.drivers.meter.TelegramFramer;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real recordings decode to the values that other programs read out of them. They lie outside the repository. */
class CaptureTest {
    static Path capture(String name) {
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

    static byte[] hexdump(Path file) throws IOException {
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

    @ParameterizedTest
    @CsvSource({
        "SDS01x,nova.sds011,10",
        "MHZ19B,winsen.mhz19b,9",
        "SPS30,sensirion.sps30,0",
        "PMSx003,plantower.pms5003,32",
        "PMS5003T,plantower.pms5003t,32"
    })
    void recordings_decode_alike_at_once_byte_by_byte_and_among_noise(String recording, String driver, int frame)
            throws IOException {
        byte[] bytes = hexdump(capture("pm-sensors/" + recording + ".hexdump"));
        Decoded whole = Decoded.by(driver).feed(0, bytes);
        Decoded pieces = Decoded.by(driver);
        for (byte b : bytes) {
            pieces.feed(0, new byte[] {b});
        }
        Random random = new Random(23);
        Decoded noisy = Decoded.by(driver);
        List<byte[]> frames = frame == 0 ? between(bytes, (byte) 0x7E) : every(bytes, frame);
        for (byte[] each : frames) {
            byte[] noise = new byte[1 + random.nextInt(6)];
            random.nextBytes(noise);
            // One time in three the noise falls into a copy of the frame, which is lost with it.
            if (random.nextInt(3) == 0) {
                int cut = 1 + random.nextInt(each.length - 1);
                noisy.feed(0, java.util.Arrays.copyOf(each, cut)).feed(0, noise);
            }
            noisy.feed(0, noise).feed(0, each);
        }

        assertEquals(10, whole.readings.size());
        assertEquals(whole.lines(), pieces.lines());
        assertEquals(whole.lines(), noisy.lines());
    }

    private static List<byte[]> every(byte[] bytes, int length) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += length) {
            frames.add(java.util.Arrays.copyOfRange(bytes, at, at + length));
        }
        return frames;
    }

    private static List<byte[]> between(byte[] bytes, byte delimiter) {
        List<byte[]> frames = new ArrayList<>();
        int start = 0;
        for (int at = 1; at < bytes.length; at++) {
            if (bytes[at] == delimiter && at > start + 1) {
                frames.add(java.util.Arrays.copyOfRange(bytes, start, at + 1));
                start = at + 1;
            }
        }
        return frames;
    }

    @ParameterizedTest
    @CsvSource({"SDS01x,nova.sds011", "MHZ19B,winsen.mhz19b", "SPS30,sensirion.sps30"})
    void other_recordings_equal_their_tables(String recording, String driver) throws IOException {
        List<String> rows = Files.readAllLines(capture("pm-sensors/" + recording + ".csv"));
        String[] columns = rows.get(0).split(", *");
        Decoded sensor = Decoded.by(driver).feed(0, hexdump(capture("pm-sensors/" + recording + ".hexdump")));

        assertEquals(rows.size() - 1, sensor.readings.size());
        for (int row = 1; row < rows.size(); row++) {
            String[] cells = rows.get(row).split(", *");
            List<Observation> reading = sensor.readings.get(row - 1);
            for (int column = 1; column < columns.length; column++) {
                assertOther(columns[column], cells[column], reading);
            }
        }
        if (driver.equals("winsen.mhz19b")) {
            assertEquals(26, value(sensor.readings.get(0), "temperature"));
        }
    }

    private static void assertOther(String column, String cell, List<Observation> reading) {
        double expected = Double.parseDouble(cell);
        double half = cell.contains(".") ? 0.5 * Math.pow(10, -(cell.length() - cell.indexOf('.') - 1)) : 0.5;
        String name =
                switch (column) {
                    case "CO2" -> "co2";
                    case "pm01" -> "pm1_0";
                    case "pm25" -> "pm2_5";
                    case "pm04" -> "pm4_0";
                    case "n10_0" -> "n10";
                    case "diam" -> "size";
                    default -> column;
                };
        double scale = column.equals("CO2") ? 1e6 : column.startsWith("pm") ? 1e9 : 1;
        assertEquals(expected, value(reading, name) * scale, half * 1.000001, column);
    }

    /** The recording's description: 240 of 248 blocks, without the first, which is cut, and seven behind messages in hex. */
    @Test
    void a_charger_of_victron_gives_the_blocks_of_its_description() throws IOException {
        byte[] dump = Files.readAllBytes(capture("vedirect/bluesolar_1.23.dump"));
        Decoded whole = Decoded.by("victron.vedirect").feed(0, dump);
        Decoded pieces = Decoded.by("victron.vedirect");
        for (byte b : dump) {
            pieces.feed(0, new byte[] {b});
        }

        assertEquals(240, whole.readings.size());
        assertEquals(8, whole.counts().badChecksum());
        assertEquals(whole.lines(), pieces.lines());
        List<String> kept = new ArrayList<>();
        List<List<Observation>> all = allBlocks(dump).readings;
        Set<Integer> dropped = Set.of(0, 52, 60, 61, 62, 112, 172, 232);
        for (int block = 0; block < all.size(); block++) {
            if (!dropped.contains(block)) {
                kept.add(all.get(block).toString());
            }
        }
        assertEquals(kept, whole.readings.stream().map(List::toString).toList());
        List<Observation> first = whole.readings.get(0);
        assertEquals(12.53, value(first, "voltage"), 1e-12);
        assertEquals(0.64, value(first, "current"), 1e-12);
        assertEquals(31.39, value(first, "panel_voltage"), 1e-12);
        assertEquals(8, value(first, "panel_power"));
        assertEquals(82.72 * 3.6e6, value(first, "yield_total"), 1e-3);
        assertEquals(0.59, value(whole.readings.get(1), "current"), 1e-12);
        List<Observation> last = whole.readings.get(239);
        assertEquals(12.54, value(last, "voltage"), 1e-12);
        assertEquals(0.5, value(last, "current"), 1e-12);
        assertEquals(29.99, value(last, "panel_voltage"), 1e-12);
    }

    /** They are about the history of past days, which is not read, and their sums are right. */
    @Test
    void the_messages_in_hex_of_a_charger_of_victron_are_whole() throws IOException {
        String dump =
                new String(Files.readAllBytes(capture("vedirect/bluesolar_1.23.dump")), StandardCharsets.ISO_8859_1);
        List<String> messages = java.util.regex.Pattern.compile(":A[0-9A-F]+\n")
                .matcher(dump)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
        Decoded device = Decoded.by("victron.vedirect").text(String.join("", messages));

        assertEquals(7, messages.size());
        assertEquals(0, device.counts().badChecksum() + device.counts().skippedBytes());
        assertEquals(List.of(), device.readings);
    }

    /** Each block by itself, without what stands between them. */
    private static Decoded allBlocks(byte[] dump) {
        String text = new String(dump, StandardCharsets.ISO_8859_1);
        String blocks = text.substring(text.indexOf('\r')).replaceAll(":[0-9A-F]+\n", "");
        return Decoded.by("victron.vedirect").feed(0, blocks.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_damaged_block_of_a_charger_is_dropped_whole_and_costs_no_other() throws IOException {
        byte[] dump = Files.readAllBytes(capture("vedirect/bluesolar_1.23.dump"));
        List<String> all = allBlocks(dump).lines();
        assertEquals(248, all.size());
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            byte[] damaged = dump.clone();
            damaged[random.nextInt(dump.length)] ^= (byte) (1 << random.nextInt(8));
            List<String> lines = Decoded.by("victron.vedirect").feed(0, damaged).lines();

            assertTrue(lines.size() >= 239, "round " + round + ": " + lines.size());
            List<String> strange = new ArrayList<>(lines);
            strange.removeAll(all);
            assertEquals(List.of(), strange, "round " + round);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ublox-neo-m8l,2702,48.7409646,9.3117369,311.278,263.667,14",
        "ublox-neo-m8p,881,50.1350851,14.4299466,348.857,304.587,9"
    })
    void ubx_gives_the_positions_of_its_recordings(
            String recording, int offset, double lat, double lon, double height, double altitude, double satellites)
            throws IOException {
        byte[] log = Files.readAllBytes(capture("gps/" + recording + ".log"));
        byte[] from = java.util.Arrays.copyOfRange(log, offset, log.length);
        Decoded all = Decoded.by("ublox.ubx").feed(0, log);
        Decoded gps = Decoded.by("ublox.ubx").feed(0, from);

        List<Observation> first = gps.readings.get(0);
        assertEquals(lat, value(first, "lat"), 1e-9);
        assertEquals(lon, value(first, "lon"), 1e-9);
        assertEquals(height, value(first, "height"), 1e-9);
        assertEquals(altitude, value(first, "altitude"), 1e-9);
        assertEquals(satellites, value(first, "satellites"));
        assertTrue(all.readings.size() >= gps.readings.size());
        assertTrue(all.readings.contains(first));
    }

    @ParameterizedTest
    @CsvSource({
        "v2_2,dsmr.p1v2,7",
        "v3,dsmr.p1v2,7",
        "v4_2,dsmr.p1,20",
        "v5,dsmr.p1,25",
        "fluvius_v171,dsmr.p1,15",
        "sagemcom_t210_d_r,dsmr.p1,15",
        "esy5q3da1004_v304,dsmr.p1v2,5"
    })
    void telegrams_have_the_objects_of_their_descriptions(String recording, String driver, int atLeast)
            throws IOException {
        byte[] bytes = Files.readAllBytes(capture("dsmr/" + recording + ".txt"));
        String json = Files.readString(capture("dsmr/" + recording + ".expected.json"));
        List<Telegram> telegrams = new ArrayList<>();
        TelegramFramer framer = new TelegramFramer(driver.equals("dsmr.p1"), 1000);
        for (byte b : bytes) {
            framer.onBytes(
                    0,
                    new byte[] {b},
                    0,
                    1,
                    (at, frame, from, size) ->
                            telegrams.add(Telegram.parse(new String(frame, from, size, StandardCharsets.ISO_8859_1))
                                    .orElseThrow()));
        }

        assertEquals(1, telegrams.size());
        Map<String, List<String>> expected = objects(json);
        assertEquals(expected, withoutChannels(telegrams.get(0).objects(), expected));
        assertTrue(expected.size() >= 7, recording + " " + expected.size());
        int values = Decoded.by(driver).feed(0, bytes).readings.get(0).size();
        assertTrue(values >= atLeast, recording + " " + values);
        Decoded meter = Decoded.by(driver).feed(0, bytes);
        assertEquals(1, meter.counts().good());
        assertEquals(0, meter.counts().malformed());
    }

    /** The description may write a code with or without its {@code *255}. */
    private static Map<String, List<String>> withoutChannels(
            Map<String, List<String>> found, Map<String, List<String>> expected) {
        Map<String, List<String>> renamed = new TreeMap<>();
        found.forEach((code, contents) -> renamed.put(expected.containsKey(code) ? code : code + "*255", contents));
        return renamed;
    }

    /** {@code "code": ["a", "b"], ...}, the one form of these files. */
    private static Map<String, List<String>> objects(String json) {
        Map<String, List<String>> objects = new TreeMap<>();
        Matcher object = Pattern.compile("\"([^\"]+)\": *\\[([^\\]]*)\\]").matcher(json);
        while (object.find()) {
            List<String> contents = new ArrayList<>();
            Matcher text = Pattern.compile("\"([^\"]*)\"").matcher(object.group(2));
            while (text.find()) {
                contents.add(text.group(1));
            }
            objects.put(object.group(1), contents);
        }
        return objects;
    }

    static List<String> mbusRecordings() {
        return List.of(
                "ACW_Itron-BM-plus-m",
                "EFE_Engelmann-WaterStar",
                "Elster-F2",
                "REL-Relay-Padpuls2",
                "SEN_Sensus-PolluTherm",
                "abb_delta",
                "berg_dz_plus",
                "eastron_sdm630",
                "els_falcon",
                "elv_temp_humid",
                "engelmann_sensostar2c",
                "example_data_01",
                "filler",
                "frame1",
                "itron_bm_+m",
                "itron_cyble_m-bus_v1.4_cold_water",
                "kamstrup_382_005",
                "kamstrup_multical_601",
                "landis+gyr_ultraheat_t230",
                "manual_frame3",
                "minol_minocal_c2",
                "oms_frame2",
                "rel_padpuls3",
                "siemens_rvd235",
                "svm_f22_telegram1");
    }

    @ParameterizedTest
    @MethodSource("mbusRecordings")
    void answers_on_mbus_have_the_records_that_libmbus_finds(String recording) throws IOException {
        byte[] frame = HexFormat.of()
                .parseHex(
                        Files.readString(capture("mbus/" + recording + ".hex")).replaceAll("\\s", ""));
        String xml = Files.readString(capture("mbus/" + recording + ".norm.xml"), StandardCharsets.ISO_8859_1);
        Decoded meter = Decoded.by("mbus.meter");
        for (byte b : frame) {
            meter.feed(0, new byte[] {b});
        }

        assertEquals(
                1,
                meter.counts().good() + meter.counts().noValue(),
                meter.counts().toString());
        List<MbusRecord> records = MbusReader.read(frame, 19, frame.length - 2);
        Matcher record =
                Pattern.compile("<DataRecord.*?</DataRecord>", Pattern.DOTALL).matcher(xml);
        int at = 0;
        while (record.find()) {
            assertRecord(records.get(at), record.group(), recording + " record " + at);
            at++;
        }
        assertEquals(at, records.size());
    }

    private static void assertRecord(MbusRecord found, String xml, String where) {
        String unit = element(xml, "Unit");
        String value = element(xml, "Value");
        if (element(xml, "Function").matches("M(ore|anufacturer).*")
                || found.quantity().isEmpty()) {
            assertTrue(unit.isEmpty() || unit.equals("-") || unit.equals("Reserved"), where + ": " + xml + found);
            return;
        }
        String number = element(xml, "StorageNumber");
        assertEquals(number, Integer.toString(found.storage()), where);
        if (!element(xml, "Tariff").isEmpty()) {
            assertEquals(element(xml, "Tariff"), Integer.toString(found.tariff()), where);
            assertEquals(element(xml, "Device"), Integer.toString(found.device()), where);
        }
        String theirs =
                switch (unit) {
                    case "m^3" -> "m3";
                    case "m^3/h" -> "m3/h";
                    case "°C", "Â°C" -> "Cel";
                    case "Units for H.C.A." -> "count";
                    case "", "-" -> found.unit();
                    default -> unit;
                };
        assertEquals(theirs, found.unit(), where);
        if (found.text() != null) {
            assertTrue(value.startsWith(found.text()), where + ": " + value + " " + found.text());
        } else if (found.number() != null) {
            double expected = Double.parseDouble(value);
            assertEquals(expected, found.number(), Math.max(1e-6, Math.abs(expected) * 1e-6), where);
        } else {
            assertTrue(
                    value.isEmpty() || value.startsWith("2000-00") || !value.matches("-?[0-9.]+"),
                    where + ": " + value);
        }
    }

    private static String element(String xml, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(xml);
        return matcher.find() ? matcher.group(1) : "";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application_busy",
                "error",
                "premature_end_of_data2",
                "premature_end_of_dif2",
                "premature_end_of_var_vif1",
                "too_long_var_vif",
                "too_many_difes",
                "too_many_records",
                "too_many_vifes",
                "unimplemented_ci"
            })
    void broken_answers_on_mbus_give_no_value(String recording) throws IOException {
        byte[] frame = HexFormat.of()
                .parseHex(Files.readString(capture("mbus/error-frames/" + recording + ".hex"))
                        .replaceAll("\\s", ""));

        Decoded meter = Decoded.by("mbus.meter").feed(0, frame);

        assertEquals(List.of(), meter.lines());
    }
}
