package io.thicket.drivers.modbus;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.SenmlUnit;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value of a register map.
 *
 * @param name of the observation
 * @param table where it is
 * @param address of its first register or bit, from 0
 * @param type what is there
 * @param words how many registers
 * @param order of bytes and words
 * @param mask bits of a whole number that count; all ones if all do. The number is shifted so that the lowest of them is bit 0
 * @param scale the number is multiplied by it
 * @param offset added after that
 * @param unit of the result, null if it has none; what is observed is in its primary unit
 * @param min least plausible result in {@code unit}; what is below is uncertain
 * @param max largest plausible result in {@code unit}
 * @param noValue raw bits that mean that there is no value
 * @param alarms for a status register: what its bits mean, by bit number; while any is set all values are uncertain
 */
public record RegisterValue(
        String name,
        RegisterTable table,
        int address,
        ValueType type,
        int words,
        WordOrder order,
        long mask,
        double scale,
        double offset,
        @Nullable SenmlUnit unit,
        double min,
        double max,
        Set<Long> noValue,
        Map<Integer, String> alarms) {
    /** Longest text in registers. */
    public static final int MAX_WORDS = 64;

    public RegisterValue {
        noValue = Collections.unmodifiableSet(new TreeSet<>(noValue));
        alarms = Collections.unmodifiableMap(new TreeMap<>(alarms));
        if (words < 1 || words > MAX_WORDS || address < 0 || address + words > 0x10000) {
            throw new IllegalArgumentException(name + ": " + words + " from address " + address);
        }
    }

    /** The address after its last one. */
    int end() {
        return address + words;
    }

    /** Whether it tells how the device is, so that the others depend on it. */
    boolean isStatus() {
        return !alarms.isEmpty();
    }

    /** The raw bits out of {@code data}, which begins with the table's entry {@code base}. Not for texts. */
    long raw(byte[] data, int at, int base) {
        int index = address - base;
        if (table.isBits()) {
            return data[at + index / 8] >> index % 8 & 1;
        }
        return order.assemble(data, at + 2 * index, words);
    }

    /** The value out of {@code data}; empty if the device has none now. */
    Optional<Observation> read(byte[] data, int at, int base) {
        if (type == ValueType.TEXT) {
            String text = text(data, at + 2 * (address - base));
            return text.isEmpty() ? Optional.empty() : Optional.of(Observation.good(name, text));
        }
        long raw = raw(data, at, base);
        if (noValue.contains(raw)) {
            return Optional.empty();
        }
        if (type == ValueType.FLAG) {
            return Optional.of(
                    new Observation(name, new Observation.Value.Flag((raw & mask) != 0), null, Quality.GOOD, null));
        }
        double value = scaled(type.number(masked(raw)));
        double primary = unit == null ? value : unit.toPrimary(value);
        if (!Double.isFinite(primary)) {
            return Optional.empty();
        }
        boolean plausible = value >= min && value <= max;
        return Optional.of(new Observation(
                name,
                new Observation.Value.Numeric(primary),
                unit == null ? null : unit.primary(),
                plausible ? Quality.GOOD : Quality.UNCERTAIN,
                plausible ? null : "beyond the device's range"));
    }

    /** Whether {@link #write} can say it: a plain number that means an amount, not bits, a code or a text. */
    boolean isWritable() {
        boolean plain =
                switch (type) {
                    case U16, S16, U32, S32, U64, S64, F32, F64 -> mask == -1L;
                    case BCD16, BCD32, FLAG, TEXT -> false;
                };
        return plain && unit != null && !table.isBits() && !isStatus();
    }

    /** The number in its own unit, NaN if there is none. Of a writable one. */
    double number(byte[] data, int at, int base) {
        long raw = raw(data, at, base);
        return noValue.contains(raw) ? Double.NaN : scaled(type.number(raw));
    }

    /** The least and the largest number in its own unit that is plausible and fits. Of a writable one. */
    double[] writable() {
        double[] raw = type.range();
        double one = scaled(raw[0]);
        double other = scaled(raw[1]);
        return new double[] {Math.max(min, Math.min(one, other)), Math.min(max, Math.max(one, other))};
    }

    /** Puts the nearest that can be said into {@code data}; what would mean that there is no value is not said. Of a writable one. */
    void write(double number, byte[] data, int at, int base) {
        double[] range = writable();
        double within = Math.max(range[0], Math.min(range[1], number));
        long bits = type.bits((within - offset) / scale);
        if (noValue.contains(bits)) {
            return;
        }
        int[] registers = order.disassemble(bits, words);
        for (int i = 0; i < words; i++) {
            int place = at + 2 * (address - base + i);
            data[place] = (byte) (registers[i] >> 8);
            data[place + 1] = (byte) registers[i];
        }
    }

    /** What its alarm bits say, empty if none is set. Of a status only. */
    String complaint(byte[] data, int at, int base) {
        long raw = raw(data, at, base);
        StringBuilder all = new StringBuilder();
        for (Map.Entry<Integer, String> alarm : alarms.entrySet()) {
            if ((raw >> alarm.getKey() & 1) != 0) {
                all.append(all.length() == 0 ? "" : ", ").append(alarm.getValue());
            }
        }
        return all.toString();
    }

    private long masked(long raw) {
        return mask == -1L ? raw : (raw & mask) >>> Long.numberOfTrailingZeros(mask);
    }

    /** A scale of 0.1 divides by ten: 2257 becomes 225.7 and not 225.70000000000002. */
    private double scaled(double number) {
        double divisor = Math.rint(1 / scale);
        double product = Math.abs(divisor) > 1 && 1 / divisor == scale ? number / divisor : number * scale;
        return product + offset;
    }

    private String text(byte[] data, int from) {
        byte[] bytes = new byte[2 * words];
        int length = 0;
        for (int i = 0; i < words; i++) {
            int word = order.wordAt(data, from, i);
            bytes[length++] = (byte) (word >> 8);
            bytes[length++] = (byte) word;
        }
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return Identification.printable(new String(bytes, 0, end, StandardCharsets.ISO_8859_1))
                .strip();
    }
}
