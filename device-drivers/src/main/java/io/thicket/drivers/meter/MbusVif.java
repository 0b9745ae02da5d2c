package io.thicket.drivers.meter;

import org.jspecify.annotations.Nullable;

/**
 * What a VIF means (EN 13757-3): the quantity, and how its number becomes one in the unit.
 *
 * @param quantity name in readings; empty if it is not one that is handed on
 * @param unit null if none
 * @param power of ten
 * @param factor for units of time
 * @param kind how the number is to be read
 */
record MbusVif(String quantity, @Nullable String unit, int power, double factor, Kind kind) {
    /** How a number is to be read. */
    enum Kind {
        NUMBER,
        DATE,
        DATE_TIME
    }

    private static final double[] SECONDS = {1, 60, 3600, 86_400};
    private static final MbusVif UNKNOWN = plain("", null, 0);

    private static MbusVif plain(String quantity, @Nullable String unit, int power) {
        return new MbusVif(quantity, unit, power, 1, Kind.NUMBER);
    }

    private static MbusVif time(String quantity, int code) {
        return new MbusVif(quantity, "s", 0, SECONDS[code & 3], Kind.NUMBER);
    }

    /** Of the first table; without the extension bit. */
    static MbusVif primary(int code) {
        int n = code & 7;
        return switch (code >> 3) {
            case 0 -> plain("energy", "Wh", n - 3);
            case 1 -> plain("energy", "J", n);
            case 2 -> plain("volume", "m3", n - 6);
            case 3 -> plain("mass", "kg", n - 3);
            case 4 -> time(n < 4 ? "on_time" : "operating_time", n);
            case 5 -> plain("power", "W", n - 3);
            case 6 -> new MbusVif("power", "W", n, 1 / 3600.0, Kind.NUMBER);
            case 7 -> plain("flow", "m3/h", n - 6);
            case 8 -> new MbusVif("flow", "m3/h", n - 7, 60, Kind.NUMBER);
            case 9 -> new MbusVif("flow", "m3/h", n - 9, 3600, Kind.NUMBER);
            case 10 -> plain("mass_flow", "kg/h", n - 3);
            case 11 -> plain(n < 4 ? "flow_temperature" : "return_temperature", "Cel", (n & 3) - 3);
            case 12 ->
                n < 4 ? plain("temperature_difference", "K", n - 3) : plain("external_temperature", "Cel", (n & 3) - 3);
            default -> rest(code);
        };
    }

    private static MbusVif rest(int code) {
        int n = code & 3;
        if (code >= 0x68 && code <= 0x6B) {
            return plain("pressure", "bar", n - 3);
        }
        if (code >= 0x70 && code <= 0x77) {
            return time(code < 0x74 ? "averaging_duration" : "actuality_duration", code);
        }
        return switch (code) {
            case 0x6C -> new MbusVif("date", null, 0, 1, Kind.DATE);
            case 0x6D -> new MbusVif("time", null, 0, 1, Kind.DATE_TIME);
            case 0x6E -> plain("heat_cost", "count", 0);
            // 78: the number of the meter, which is personal.
            default -> UNKNOWN;
        };
    }

    /** Of the table behind {@code FB}. */
    static MbusVif extensionFb(int code) {
        int n = code & 1;
        return switch (code & 0x7E) {
            case 0x00 -> plain("energy", "Wh", n + 5);
            case 0x08 -> plain("energy", "J", n + 8);
            case 0x10 -> plain("volume", "m3", n + 2);
            case 0x18 -> plain("mass", "kg", n + 5);
            case 0x28 -> plain("power", "W", n + 5);
            case 0x30 -> new MbusVif("power", "W", n + 8, 1 / 3600.0, Kind.NUMBER);
            default -> UNKNOWN;
        };
    }

    /** Of the table behind {@code FD}. */
    static MbusVif extensionFd(int code) {
        if (code >= 0x40 && code <= 0x4F) {
            return plain("voltage", "V", (code & 0xF) - 9);
        }
        if (code >= 0x50 && code <= 0x5F) {
            return plain("current", "A", (code & 0xF) - 12);
        }
        return switch (code) {
            case 0x0E -> plain("firmware", null, 0);
            case 0x0F -> plain("software", null, 0);
            case 0x17 -> plain("error_flags", null, 0);
            case 0x1A -> plain("digital_output", null, 0);
            case 0x1B -> plain("digital_input", null, 0);
            case 0x3A -> plain("dimensionless", null, 0);
            case 0x61 -> plain("cumulations", "count", 0);
            default -> UNKNOWN;
        };
    }

    /** A quantity that the meter names in text. */
    static MbusVif text(String unit) {
        return unit.equals("%RH") ? plain("humidity", "%RH", 0) : UNKNOWN;
    }

    MbusVif times(int powerMore) {
        return new MbusVif(quantity, unit, power + powerMore, factor, kind);
    }

    /** The same quantity, but something else about it (a limit, a pulse weight): another name. */
    MbusVif about(String suffix) {
        return quantity.isEmpty() ? this : new MbusVif(quantity + suffix, unit, power, factor, kind);
    }

    double scale(double raw) {
        double scaled = power < 0 ? raw / StrictMath.pow(10, -power) : raw * StrictMath.pow(10, power);
        return scaled * factor;
    }
}
