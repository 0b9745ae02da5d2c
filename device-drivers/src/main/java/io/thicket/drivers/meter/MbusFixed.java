package io.thicket.drivers.meter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The old fixed structure of an M-Bus answer (CI 73, lowest byte first; EN 1434-3): two counters, whose units are in a table, both
 * in BCD or both binary.
 */
final class MbusFixed {
    /** Bytes of a frame with it. */
    static final int FRAME_BYTES = 25;

    private static final int STATUS_AT = 12;
    private static final int UNITS_AT = 13;
    private static final int COUNTERS_AT = 15;
    private static final int UNIT_BITS = 0x3F;
    private static final int HISTORIC = 0x3E;

    /** Energy from Wh to 100 MWh (02 to 0A), kJ to 100 GJ (0B to 13), power from W to 100 MW (14 to 1C), kJ/h to 100 GJ/h (1D to 25). */
    private static final int WATT_HOURS = 0x02;

    private static final int KILOJOULES = 0x0B;
    private static final int WATTS = 0x14;
    private static final int KILOJOULES_AN_HOUR = 0x1D;

    /** Volume from ml to 100 m3 (26 to 2E), flow the same in an hour (2F to 37). */
    private static final int MILLILITRES = 0x26;

    private static final int MILLILITRES_AN_HOUR = 0x2F;
    private static final int MILLIDEGREES = 0x38;
    private static final int HEAT_COST = 0x39;
    private static final int DIMENSIONLESS = 0x3F;

    private MbusFixed() {}

    /** The counters of a frame at {@code offset}, whose length is {@link #FRAME_BYTES}. */
    static List<MbusRecord> read(byte[] frame, int offset) {
        int status = frame[offset + STATUS_AT] & 0xFF;
        int first = frame[offset + UNITS_AT] & UNIT_BITS;
        int second = frame[offset + UNITS_AT + 1] & UNIT_BITS;
        // Bit 1: both were stored at a fixed date.
        int storage = status >> 1 & 1;
        boolean historic = second == HISTORIC;
        return List.of(
                counter(frame, offset + COUNTERS_AT, status, first, storage),
                counter(frame, offset + COUNTERS_AT + 4, status, historic ? first : second, historic ? 1 : storage));
    }

    private static MbusRecord counter(byte[] frame, int at, int status, int unit, int storage) {
        double raw = (status & 1) == 0 ? MbusReader.bcd(frame, at, 4) : MbusReader.integer(frame, at, 4);
        MbusVif meaning = meaning(unit);
        double value = meaning.scale(raw);
        @Nullable Double number = Double.isFinite(value) ? value : null;
        return new MbusRecord(0, storage, 0, 0, meaning.quantity(), meaning.unit(), number, null);
    }

    private static MbusVif meaning(int unit) {
        if (unit >= WATT_HOURS && unit < KILOJOULES) {
            return of("energy", "Wh", unit - WATT_HOURS, 1);
        }
        if (unit >= KILOJOULES && unit < WATTS) {
            return of("energy", "J", unit - KILOJOULES + 3, 1);
        }
        if (unit >= WATTS && unit < KILOJOULES_AN_HOUR) {
            return of("power", "W", unit - WATTS, 1);
        }
        if (unit >= KILOJOULES_AN_HOUR && unit < MILLILITRES) {
            return of("power", "W", unit - KILOJOULES_AN_HOUR + 3, 1 / 3600.0);
        }
        if (unit >= MILLILITRES && unit < MILLILITRES_AN_HOUR) {
            return of("volume", "m3", unit - MILLILITRES - 6, 1);
        }
        if (unit >= MILLILITRES_AN_HOUR && unit < MILLIDEGREES) {
            return of("flow", "m3/h", unit - MILLILITRES_AN_HOUR - 6, 1);
        }
        return switch (unit) {
            case MILLIDEGREES -> of("temperature", "Cel", -3, 1);
            case HEAT_COST -> of("heat_cost", "count", 0, 1);
            case DIMENSIONLESS -> of("dimensionless", null, 0, 1);
            // Times and dates, and what is reserved.
            default -> of("", null, 0, 1);
        };
    }

    private static MbusVif of(String quantity, @Nullable String unit, int power, double factor) {
        return new MbusVif(quantity, unit, power, factor, MbusVif.Kind.NUMBER);
    }
}
