package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each recording, in pieces, among noise and with each bit wrong. {@link CaptureTest} has the values. */
@Tag("any-jdk") // it only computes
class RobustCaptureTest {
    /** Bits are tried in so many frames of a recording, spread over it. */
    private static final int FRAMES_TRIED = 5;

    /** The last bits of each frame, all of them: there is what completed the reading. */
    private static final int LAST_BITS_TRIED = 6_000;

    /** What lies before, between two readings, can be long, and is read anew for each bit: about so many of them, spread over it. */
    private static final int FIRST_BITS_TRIED = 2_000;

    private static final long LONG_AFTER_MS = 1_000_000;

    /** A recording and the driver that reads it. */
    record Recording(String file, String driver) {
        /** Whether a wrong bit is found out; the old meters leave that to the parity of the line. */
        boolean isChecked() {
            return !driver.equals("dsmr.p1v2");
        }

        byte[] bytes() throws IOException {
            Path path = CaptureTest.capture(file);
            if (file.endsWith(".hexdump")) {
                return CaptureTest.hexdump(path);
            }
            return file.endsWith(".hex")
                    ? HexFormat.of().parseHex(Files.readString(path).replaceAll("\\s", ""))
                    : Files.readAllBytes(path);
        }

        @Override
        public String toString() {
            return file + " by " + driver;
        }
    }

    static Stream<Recording> recordings() {
        Stream<Recording> dust = Stream.of(
                new Recording("pm-sensors/PMSx003.hexdump", "plantower.pms5003"),
                new Recording("pm-sensors/PMS5003T.hexdump", "plantower.pms5003t"),
                new Recording("pm-sensors/SDS01x.hexdump", "nova.sds011"),
                new Recording("pm-sensors/MHZ19B.hexdump", "winsen.mhz19b"),
                new Recording("pm-sensors/SPS30.hexdump", "sensirion.sps30"));
        Stream<Recording> meters = Stream.of(
                new Recording("dsmr/v2_2.txt", "dsmr.p1v2"),
                new Recording("dsmr/v3.txt", "dsmr.p1v2"),
                new Recording("dsmr/esy5q3da1004_v304.txt", "dsmr.p1v2"),
                new Recording("dsmr/v4_2.txt", "dsmr.p1"),
                new Recording("dsmr/v5.txt", "dsmr.p1"),
                new Recording("dsmr/fluvius_v171.txt", "dsmr.p1"),
                new Recording("dsmr/sagemcom_t210_d_r.txt", "dsmr.p1"),
                new Recording("vedirect/bluesolar_1.23.dump", "victron.vedirect"));
        Stream<Recording> positions = Stream.of(
                        "GPSmap-76S",
                        "april6_2019",
                        "beidou-gb",
                        "bn-9015",
                        "bu303-nofix",
                        "bu353s4",
                        "com-1289",
                        "gr8013-w",
                        "mtk-3301",
                        "neo-m8n",
                        "nmea-fuzzy-cases",
                        "pypilot",
                        "quectel-L70",
                        "ais-nmea")
                .map(name -> new Recording("gps/" + name + ".log", "nmea0183"));
        Stream<Recording> binary = Stream.of("ublox-neo-m8l", "ublox-neo-m8p")
                .map(name -> new Recording("gps/" + name + ".log", "ublox.ubx"));
        Stream<Recording> mbus =
                CaptureTest.mbusRecordings().stream().map(name -> new Recording("mbus/" + name + ".hex", "mbus.meter"));
        return Stream.of(dust, meters, positions, binary, mbus).flatMap(each -> each);
    }

    static Stream<Recording> checked() {
        return recordings().filter(Recording::isChecked);
    }

    /** The recording, cut behind each byte that completed a reading; what follows the last one is the last piece. */
    private static List<byte[]> frames(Recording recording, byte[] bytes) {
        Decoded sensor = Decoded.by(recording.driver());
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        int readings = 0;
        for (int at = 0; at < bytes.length; at++) {
            sensor.feed(0, new byte[] {bytes[at]});
            if (sensor.readings.size() > readings) {
                readings = sensor.readings.size();
                frames.add(Arrays.copyOfRange(bytes, from, at + 1));
                from = at + 1;
            }
        }
        frames.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return frames;
    }

    /** A recording of one frame comes again and again. */
    private static byte[] manyTimes(Recording recording) throws IOException {
        byte[] bytes = recording.bytes();
        int times = frames(recording, bytes).size() > 2 ? 1 : 9;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static List<String> read(Recording recording, List<byte[]> pieces) {
        Decoded sensor = Decoded.by(recording.driver());
        pieces.forEach(piece -> sensor.feed(0, piece));
        sensor.session.onSilence(LONG_AFTER_MS, (at, observations) -> sensor.readings.add(observations));
        return sensor.readings.stream().map(List::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void at_once_and_byte_by_byte_are_the_same(Recording recording) throws IOException {
        byte[] bytes = recording.bytes();
        List<byte[]> single = new ArrayList<>();
        for (byte b : bytes) {
            single.add(new byte[] {b});
        }

        List<String> whole = read(recording, List.of(bytes));

        assertEquals(whole, read(recording, single));
    }

    /** Noise in front of a frame, behind half a frame in front of it, or within it; the last costs that frame and no other. */
    @ParameterizedTest
    @MethodSource("recordings")
    void noise_between_and_inside_frames_costs_the_frames_that_it_hits(Recording recording) throws IOException {
        byte[] bytes = manyTimes(recording);
        List<byte[]> frames = frames(recording, bytes);
        List<String> whole = read(recording, List.of(bytes));
        Random random = new Random(7);
        List<byte[]> noisy = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            byte[] noise = new byte[1 + random.nextInt(6)];
            random.nextBytes(noise);
            int kind = recording.isChecked() && i > 0 && i < frames.size() - 1 ? random.nextInt(3) : 0;
            if (kind == 1) {
                // Noise must not stand for what is missing of the copy.
                noisy.add(Arrays.copyOf(frame, random.nextInt(Math.max(1, frame.length - 7))));
            }
            if (kind == 2) {
                // Near its end: what lies in front of it may belong to no frame.
                int cut = frame.length - Math.min(frame.length - 1, 12);
                noisy.add(Arrays.copyOf(frame, cut));
                noisy.add(noise);
                noisy.add(Arrays.copyOfRange(frame, cut, frame.length));
            } else {
                noisy.add(noise);
                noisy.add(frame);
            }
            if (i < whole.size() && kind != 2) {
                expected.add(whole.get(i));
            }
        }

        List<String> found = read(recording, noisy);
        if (recording.driver().equals("victron.vedirect")) {
            // Seven blocks right behind a message in hex are dropped, unless noise lies between: then their sum, which
            // is right, counts.
            assertTrue(found.size() <= expected.size() + 7, found.size() + " of " + expected.size());
            found = found.stream().filter(new InOrder(expected)::isNext).toList();
        }
        assertEquals(expected, found);
    }

    /** Goes through a list. */
    private static final class InOrder {
        private final List<String> list;
        private int at;

        InOrder(List<String> list) {
            this.list = list;
        }

        boolean isNext(String text) {
            boolean next = at < list.size() && list.get(at).equals(text);
            at += next ? 1 : 0;
            return next;
        }
    }

    @ParameterizedTest
    @MethodSource("checked")
    void one_wrong_bit_makes_no_value_that_was_not_sent(Recording recording) throws IOException {
        byte[] bytes = recording.bytes();
        List<byte[]> frames = frames(recording, bytes);
        Set<String> sent = new HashSet<>(read(recording, List.of(bytes)));
        int step = Math.max(1, frames.size() / FRAMES_TRIED);
        for (int i = 0; i < frames.size(); i += step) {
            byte[] before = i == 0 ? new byte[0] : frames.get(i - 1);
            byte[] after = i + 1 < frames.size() ? frames.get(i + 1) : new byte[0];
            int bits = 8 * frames.get(i).length;
            int last = Math.max(0, bits - LAST_BITS_TRIED);
            int apart = last / FIRST_BITS_TRIED | 1; // odd, so that each bit of a byte has its turn
            for (int bit = 0; bit < bits; bit += bit < last ? apart : 1) {
                byte[] wrong = frames.get(i).clone();
                wrong[bit / 8] ^= (byte) (1 << bit % 8);
                for (String reading : read(recording, List.of(before, wrong, after))) {
                    assertTrue(sent.contains(reading), "bit " + bit + " of frame " + i + ": " + reading);
                }
            }
        }
    }
}
