package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of an M-Bus answer, lowest byte first: with variable data structure (CI 72), plain or encrypted with AES (mode 5), or with the
 * old fixed one (CI 73).
 */
public final class MbusDecoder implements FrameDecoder {
    private static final int CI_AT = 6;
    private static final int VARIABLE_STRUCTURE = 0x72;
    private static final int FIXED_STRUCTURE = 0x73;
    private static final int STATUS_AT = 16;
    private static final int CONFIGURATION_AT = 17;
    private static final int FIXED_STATUS_AT = 12;
    private static final int BLOCK = 16;
    private static final int AES_CBC = 5;

    /** Ways to encrypt that are not read here (EN 13757-7: DES, AES with other start values or with derived keys). */
    private static final Set<Integer> OTHER_CIPHERS = Set.of(2, 3, 4, 7, 8, 9, 10, 13);

    private static final int RECORDS_AT = 19;
    private static final int TAIL = 2;

    /** Most values of one answer. */
    private static final int MAX_VALUES = 64;

    private final @Nullable MbusKey key;
    private long frames;

    /** @param key of the meter; null if its answers are plain */
    public MbusDecoder(@Nullable MbusKey key) {
        this.key = key;
    }

    /** Frames of any kind so far. */
    public long frames() {
        return frames;
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        frames++;
        if (length == 1) {
            return Outcome.IGNORED;
        }
        int structure = frame[offset + CI_AT] & 0xFF;
        if (structure == FIXED_STRUCTURE) {
            return length == MbusFixed.FRAME_BYTES
                    ? observations(MbusFixed.read(frame, offset), doubt(frame[offset + FIXED_STATUS_AT] & 0xFC), values)
                    : Outcome.MALFORMED;
        }
        if (structure != VARIABLE_STRUCTURE) {
            return Outcome.NO_VALUE;
        }
        if (length < RECORDS_AT + TAIL) {
            return Outcome.MALFORMED;
        }
        int mode = frame[offset + CONFIGURATION_AT + 1] & 0x1F;
        int blocks = frame[offset + CONFIGURATION_AT] >> 4 & 0xF;
        byte[] plain = {};
        if (blocks > 0 && (mode == AES_CBC || OTHER_CIPHERS.contains(mode))) {
            if (key == null || mode != AES_CBC) {
                // Read as if it were plain it would make values out of nothing.
                return Outcome.NO_VALUE;
            }
            if (length < RECORDS_AT + BLOCK * blocks + TAIL) {
                return Outcome.MALFORMED;
            }
            plain = key.decrypt(frame, offset, offset + RECORDS_AT, BLOCK * blocks);
            if (plain.length == 0) {
                return Outcome.MALFORMED;
            }
        }
        List<MbusRecord> records = records(plain, frame, offset + RECORDS_AT + plain.length, offset + length - TAIL);
        return records == null
                ? Outcome.MALFORMED
                : observations(records, doubt(frame[offset + STATUS_AT] & 0xFF), values);
    }

    /** Of what was encrypted, if anything was, and of what follows it in plain: records do not lie in both. */
    private static @Nullable List<MbusRecord> records(byte[] plain, byte[] frame, int from, int to) {
        List<MbusRecord> records = new ArrayList<>();
        for (List<MbusRecord> part :
                Arrays.asList(MbusReader.read(plain, 0, plain.length), MbusReader.read(frame, from, to))) {
            if (part == null) {
                return null;
            }
            records.addAll(part);
        }
        return records;
    }

    private static Outcome observations(List<MbusRecord> records, @Nullable String doubt, List<Observation> values) {
        Set<String> names = new HashSet<>();
        for (MbusRecord record : records) {
            if (!record.quantity().isEmpty() && values.size() < MAX_VALUES) {
                add(record, doubt, names, values);
            }
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    private static void add(MbusRecord record, @Nullable String doubt, Set<String> names, List<Observation> values) {
        Double number = record.number();
        String text = record.text();
        String base = record.name();
        String name = base;
        for (int n = 2; !names.add(name); n++) {
            name = base + "_" + n;
        }
        Quality quality = doubt == null ? Quality.GOOD : Quality.UNCERTAIN;
        if (!Observation.isValidName(name)) {
            return;
        }
        if (number != null) {
            values.add(new Observation(
                    name,
                    new Observation.Value.Numeric(senml(number, record.unit())),
                    unit(record.unit()),
                    quality,
                    doubt));
        } else if (text != null && !text.isEmpty() && text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            values.add(new Observation(name, new Observation.Value.Text(text), null, quality, doubt));
        }
    }

    /** EN 13757-3, status byte: application, power low, permanent and temporary error. */
    private static @Nullable String doubt(int status) {
        if ((status & 3) >= 2) {
            return "the meter reports a fault of its application";
        }
        if ((status & 8) != 0) {
            return "the meter reports a permanent error";
        }
        return (status & 0x10) != 0 ? "the meter reports a temporary error" : null;
    }

    private static double senml(double number, @Nullable String unit) {
        if (unit == null) {
            return number;
        }
        return switch (unit) {
            case "Wh" -> number * 3600;
            case "m3/h", "kg/h" -> number / 3600;
            case "bar" -> number * 100_000;
            default -> number;
        };
    }

    private static @Nullable String unit(@Nullable String unit) {
        if (unit == null) {
            return null;
        }
        return switch (unit) {
            case "Wh" -> "J";
            case "m3/h" -> "m3/s";
            case "bar" -> "Pa";
            // kg/s is no name of the registry.
            case "kg/h" -> null;
            default -> unit;
        };
    }
}
