package io.thicket.drivers.sdi12;

import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of SDI-12 sensors. What {@code aM!} is answered says how many values there will be; these come in one or more lines and are
 * handed on when they are complete. An adapter may repeat the command before the answer.
 */
public final class Sdi12Decoder implements FrameDecoder {
    /** Longest line: address, 75 characters of values (specification 1.4, table 5), CRC; and the command before it. */
    public static final int MAX_LINE = 96;

    private static final int CRC_CHARACTERS = 3;

    /** A polarity, up to seven digits, a point among them. */
    private static final Pattern VALUE = Pattern.compile("[+-](?:[0-9]{1,7}(?:\\.[0-9]{0,7})?|\\.[0-9]{1,7})");

    private static final int MAX_DIGITS = 7;

    /** Not of the specification, but what loggers and most makers use for "no value". */
    private static final Set<Double> NOTHING = Set.of(-9999.0, -99_999.0);

    private final List<Measurement> measurements;
    private Measurement current;
    private final List<Double> collected = new ArrayList<>();
    private int expected;
    private int waitSeconds;
    private char lastAddress;
    private long announcements;
    private long dataLines;
    private long bareAddresses;
    private long badChecks;

    /** @param measurements at least one */
    public Sdi12Decoder(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
        this.current = measurements.get(0);
    }

    /** What will be asked next; without it the first one of an address is meant. */
    public void expect(Measurement measurement) {
        current = measurement;
        expected = 0;
        collected.clear();
    }

    /** Whether all values came that the sensor announced. */
    public boolean isComplete() {
        return collected.size() >= expected;
    }

    /** How many values the sensor announced. */
    public int announced() {
        return expected;
    }

    /** How long it wants to measure, 0 to 999. */
    public int waitSeconds() {
        return waitSeconds;
    }

    /** The address of the last answer. */
    public char lastAddress() {
        return lastAddress;
    }

    /** Answers to measurement commands so far. */
    public long announcements() {
        return announcements;
    }

    /** Right lines of values so far. */
    public long dataLines() {
        return dataLines;
    }

    /** Lines that are an address and nothing else: a sensor is ready, or has no values. */
    public long bareAddresses() {
        return bareAddresses;
    }

    /** Lines with a wrong CRC so far. */
    public long badChecks() {
        return badChecks;
    }

    @Override
    public void reopened() {
        expected = 0;
        collected.clear();
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        String line = answer(new String(frame, offset, length, StandardCharsets.ISO_8859_1));
        if (line.isEmpty()) {
            return Outcome.IGNORED;
        }
        char address = line.charAt(0);
        if (!Measurement.isAddress(address)) {
            return Outcome.MALFORMED;
        }
        lastAddress = address;
        if (line.length() == 1) {
            bareAddresses++;
            return Outcome.IGNORED;
        }
        if (!means(current, address)) {
            Measurement first = measurements.stream()
                    .filter(each -> means(each, address))
                    .findFirst()
                    .orElse(null);
            if (first == null) {
                return Outcome.NO_VALUE;
            }
            expect(first);
        }
        String rest = line.substring(1);
        return rest.charAt(0) == '+' || rest.charAt(0) == '-' ? data(line, values) : announcement(rest);
    }

    private static boolean means(Measurement measurement, char address) {
        return measurement.address() == Measurement.ANY || measurement.address() == address;
    }

    /** Without the command that an adapter repeats, and what a break looks like. */
    private static String answer(String line) {
        int from = line.lastIndexOf('!') + 1;
        while (from < line.length() && (line.charAt(from) <= ' ' || line.charAt(from) >= 0x7F)) {
            from++;
        }
        return line.substring(from);
    }

    /** {@code tttn} or, of a concurrent measurement, {@code tttnn}. */
    private Outcome announcement(String rest) {
        if (!rest.matches(current.isConcurrent() ? "[0-9]{5}" : "[0-9]{4}")) {
            return Outcome.MALFORMED;
        }
        announcements++;
        waitSeconds = Integer.parseInt(rest.substring(0, 3));
        expected = Integer.parseInt(rest.substring(3));
        collected.clear();
        if (expected == 0) {
            return Outcome.NO_VALUE;
        }
        // A sensor that has fewer values than were named is another one than was meant.
        return expected < current.columns().size() ? Outcome.MALFORMED : Outcome.IGNORED;
    }

    private Outcome data(String line, List<Observation> values) {
        String text = line;
        if (current.hasCrc()) {
            int end = line.length() - CRC_CHARACTERS;
            if (end < 2 || !crc(line.substring(0, end)).equals(line.substring(end))) {
                badChecks++;
                return Outcome.IGNORED;
            }
            text = line.substring(0, end);
        }
        if (isComplete()) {
            // Nobody said how many there are: a part of something.
            return Outcome.NO_VALUE;
        }
        Matcher matcher = VALUE.matcher(text);
        List<Double> numbers = new ArrayList<>();
        int at = 1;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            if (matcher.group().chars().filter(Character::isDigit).count() > MAX_DIGITS) {
                return Outcome.MALFORMED;
            }
            numbers.add(Double.parseDouble(matcher.group()));
            at = matcher.end();
        }
        if (at != text.length() || collected.size() + numbers.size() > expected) {
            return Outcome.MALFORMED;
        }
        dataLines++;
        collected.addAll(numbers);
        return isComplete() ? observations(values) : Outcome.IGNORED;
    }

    private Outcome observations(List<Observation> values) {
        List<Measurement.Column> columns = current.columns();
        for (int i = 0; i < Math.min(columns.size(), collected.size()); i++) {
            Measurement.Column column = columns.get(i);
            double number = collected.get(i);
            if (column.name().isEmpty() || NOTHING.contains(number)) {
                continue;
            }
            values.add(Observation.good(
                    column.name(),
                    column.unit().map(unit -> unit.toPrimary(number)).orElse(number),
                    column.unit().map(SenmlUnit::primary).orElse(null)));
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    /** Specification 1.4, section 4.4.12: a CRC-16 over address and values in three characters, six bits each. */
    static String crc(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int crc = Checksum.CRC16_ARC.over(bytes, 0, bytes.length);
        return "" + (char) (0x40 | crc >> 12) + (char) (0x40 | crc >> 6 & 0x3F) + (char) (0x40 | crc & 0x3F);
    }
}
