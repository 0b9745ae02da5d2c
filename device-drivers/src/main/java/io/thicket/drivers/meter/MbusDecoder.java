package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of an M-Bus answer with variable data structure (CI 72, low byte first). */
public final class MbusDecoder implements FrameDecoder {
    private static final int CI_AT = 6;
    private static final int VARIABLE_STRUCTURE = 0x72;
    private static final int STATUS_AT = 16;
    private static final int RECORDS_AT = 19;
    private static final int TAIL = 2;

    /** Most values of one answer. */
    private static final int MAX_VALUES = 64;

    private long frames;

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
        if ((frame[offset + CI_AT] & 0xFF) != VARIABLE_STRUCTURE) {
            return Outcome.NO_VALUE;
        }
        if (length < RECORDS_AT + TAIL) {
            return Outcome.MALFORMED;
        }
        List<MbusRecord> records = MbusReader.read(frame, offset + RECORDS_AT, offset + length - TAIL);
        if (records == null) {
            return Outcome.MALFORMED;
        }
        String doubt = doubt(frame[offset + STATUS_AT] & 0xFF);
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
