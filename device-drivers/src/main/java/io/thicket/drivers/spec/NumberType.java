package io.thicket.drivers.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a number lies in a frame: {@code u16be} is unsigned, 16 bits, high byte first.
 *
 * @param kind what the bits are
 * @param bytes how many
 * @param lowFirst byte order
 */
public record NumberType(Kind kind, int bytes, boolean lowFirst) {
    /** What the bits are. */
    public enum Kind {
        UNSIGNED,
        SIGNED,
        /** The highest bit is the sign of the others. */
        MAGNITUDE,
        FLOAT,
        BCD
    }

    /** All names, for messages. */
    static final String NAMES =
            "u8, s8, u16be, u16le, s16be, u24be, u32be, u48be, u64be, m16be, f32be, f64be, bcd8, bcd16be, ..."
                    + " (u, s, m, f or bcd, bits, be or le), text, decimal";

    /** The type of that name, if there is one. */
    static Optional<NumberType> parse(String name) {
        String text = name;
        Kind kind;
        if (text.startsWith("bcd")) {
            kind = Kind.BCD;
            text = text.substring(3);
        } else if (!text.isEmpty() && "usmf".indexOf(text.charAt(0)) >= 0) {
            kind = switch (text.charAt(0)) {
                case 'u' -> Kind.UNSIGNED;
                case 's' -> Kind.SIGNED;
                case 'm' -> Kind.MAGNITUDE;
                default -> Kind.FLOAT;
            };
            text = text.substring(1);
        } else {
            return Optional.empty();
        }
        boolean le = text.endsWith("le");
        boolean be = text.endsWith("be");
        String bits = le || be ? text.substring(0, text.length() - 2) : text;
        int bytes =
                switch (bits) {
                    case "8" -> 1;
                    case "16" -> 2;
                    case "24" -> 3;
                    case "32" -> 4;
                    case "48" -> 6;
                    case "64" -> 8;
                    default -> 0;
                };
        boolean ordered = bytes == 1 ? !le && !be : le || be;
        boolean exists = kind != Kind.FLOAT || bytes == 4 || bytes == 8;
        return bytes > 0 && ordered && exists ? Optional.of(new NumberType(kind, bytes, le)) : Optional.empty();
    }

    /** The bits at {@code at}, lowest last; signed ones are extended, and a sign before a magnitude becomes theirs. */
    long bits(byte[] frame, int at) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | frame[lowFirst ? at + bytes - 1 - i : at + i] & 0xFF;
        }
        if (kind == Kind.SIGNED) {
            int unused = 64 - 8 * bytes;
            return value << unused >> unused;
        }
        return kind == Kind.MAGNITUDE ? signed(value) : value;
    }

    private long signed(long bits) {
        long sign = 1L << 8 * bytes - 1;
        return (bits & sign) == 0 ? bits : -(bits & sign - 1);
    }

    /** A code for "no value", as {@link #bits} reads it and prints in decimal; empty if it cannot occur. */
    Set<String> codes(Object code) {
        if (kind == Kind.BCD) {
            return Set.of(String.valueOf(code));
        }
        int unused = kind == Kind.SIGNED ? 64 - 8 * bytes : 0;
        Set<Long> all = kind == Kind.FLOAT ? RawCodes.ofFloat(code, bytes) : RawCodes.ofInteger(code, bytes);
        Set<String> printed = new TreeSet<>();
        for (long bits : all) {
            long its = kind == Kind.MAGNITUDE ? signed(bits) : bits << unused >> unused;
            printed.add(Long.toString(its));
        }
        return printed;
    }

    /** Writes what {@link #bits} reads. */
    void write(byte[] frame, int at, long value) {
        long bits = kind == Kind.MAGNITUDE && value < 0 ? -value | 1L << 8 * bytes - 1 : value;
        for (int i = 0; i < bytes; i++) {
            frame[lowFirst ? at + i : at + bytes - 1 - i] = (byte) (bits >> 8 * i);
        }
    }

    /** The number that the bits are; NaN if they are none. */
    double number(long bits) {
        return switch (kind) {
            case UNSIGNED -> bits < 0 ? (bits >>> 1) * 2.0 + (bits & 1) : bits;
            case SIGNED, MAGNITUDE -> bits;
            case FLOAT -> bytes == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
            case BCD -> bcd(bits);
        };
    }

    private double bcd(long bits) {
        double number = 0;
        for (int shift = 8 * bytes - 4; shift >= 0; shift -= 4) {
            int digit = (int) (bits >>> shift) & 0xF;
            if (digit > 9) {
                return Double.NaN;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    @Override
    public String toString() {
        String prefix =
                switch (kind) {
                    case UNSIGNED -> "u";
                    case SIGNED -> "s";
                    case MAGNITUDE -> "m";
                    case FLOAT -> "f";
                    case BCD -> "bcd";
                };
        String order = bytes == 1 ? "" : lowFirst ? "le" : "be";
        return (prefix + 8 * bytes + order).toLowerCase(Locale.ROOT);
    }
}
