package io.thicket.drivers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A unit name of the SenML registry. Readings carry primary names only (RFC 8798 section 3: packs should not use
 * secondary ones), so a secondary unit knows how to become its primary one.
 *
 * @param name as in the registry, e.g. {@code ug/m3}
 * @param primary name of the unit that readings carry, e.g. {@code kg/m3}; equal to {@code name} for a primary unit
 * @param multiplier together with the others: {@code primary = value * multiplier / divisor + offset}
 * @param divisor kept apart from the multiplier, because {@code 8 / 1e9} is exactly the double nearest to 8e-9 and
 *     {@code 8 * 1e-9} is not
 * @param offset in the primary unit
 */
public record SenmlUnit(String name, String primary, double multiplier, double divisor, double offset) {
    /** RFC 8428 section 12.1, RFC 8798 section 2. */
    private static final String PRIMARY =
            "m kg g s A K cd mol Hz rad sr N Pa J W C V F Ohm S Wb T H Cel lm lx Bq Gy Sv kat m2 m3 l m/s m/s2 m3/s l/s"
                    + " W/m2 cd/m2 bit bit/s lat lon pH dB dBW Bspl count / %RH %EL EL 1/s 1/min beat/min beats S/m"
                    + " B VA VAs var vars J/m kg/m3 deg";

    private static final Map<String, SenmlUnit> UNITS = table();

    /** The unit of that name, if the registry has it. Names are case-sensitive. */
    public static Optional<SenmlUnit> find(String name) {
        return Optional.ofNullable(UNITS.get(name));
    }

    /** Whether readings carry this unit as it is. */
    public boolean isPrimary() {
        return name.equals(primary);
    }

    /** The value in the primary unit; may be infinite if {@code value} is huge. */
    public double toPrimary(double value) {
        return isPrimary() ? value : value * multiplier / divisor + offset;
    }

    /** A sentence for a name that the registry does not have, with the name that was probably meant. */
    public static String explainUnknown(String name) {
        String meant =
                switch (name) {
                    case "°C", "degC", "celsius", "Celsius", "c", "CEL", "cel" -> "Cel";
                    case "%", "percent", "rh", "RH", "%rh" -> "%RH for relative humidity, %EL for a battery";
                    case "µg/m3", "µg/m³", "ug/m³", "μg/m³", "μg/m3" -> "ug/m3";
                    case "L", "litre", "liter" -> "l";
                    case "°", "degree", "degrees" -> "deg";
                    case "ohm", "Ω" -> "Ohm";
                    case "lux" -> "lx";
                    case "pa" -> "Pa";
                    case "hpa", "mbar", "mb" -> "hPa";
                    case "v", "volt", "Volt" -> "V";
                    case "ppb" -> "ppm (after dividing by 1000)";
                    default -> "";
                };
        return "'" + name + "' is not a SenML unit"
                + (meant.isEmpty()
                        ? " (known are for example Cel, %RH, Pa, hPa, V, lx, m, m/s, count)"
                        : ": use " + meant);
    }

    private static Map<String, SenmlUnit> table() {
        Map<String, SenmlUnit> units = new LinkedHashMap<>();
        for (String name : PRIMARY.split(" ")) {
            units.put(name, new SenmlUnit(name, name, 1, 1, 0));
        }
        // RFC 8798 section 3.
        secondary(units, "ms", "s", 1, 1e3);
        secondary(units, "min", "s", 60, 1);
        secondary(units, "h", "s", 3600, 1);
        secondary(units, "MHz", "Hz", 1e6, 1);
        secondary(units, "kW", "W", 1e3, 1);
        secondary(units, "kVA", "VA", 1e3, 1);
        secondary(units, "kvar", "var", 1e3, 1);
        secondary(units, "Ah", "C", 3600, 1);
        secondary(units, "Wh", "J", 3600, 1);
        secondary(units, "kWh", "J", 3.6e6, 1);
        secondary(units, "varh", "vars", 3600, 1);
        secondary(units, "kvarh", "vars", 3.6e6, 1);
        secondary(units, "kVAh", "VAs", 3.6e6, 1);
        secondary(units, "Wh/km", "J/m", 3.6, 1);
        secondary(units, "KiB", "B", 1024, 1);
        secondary(units, "GB", "B", 1e9, 1);
        secondary(units, "Mbit/s", "bit/s", 1e6, 1);
        secondary(units, "mV", "V", 1, 1e3);
        secondary(units, "mA", "A", 1, 1e3);
        units.put("dBm", new SenmlUnit("dBm", "dBW", 1, 1, -30));
        secondary(units, "ug/m3", "kg/m3", 1, 1e9);
        secondary(units, "mm/h", "m/s", 1, 3.6e6);
        secondary(units, "ppm", "/", 1, 1e6);
        secondary(units, "hPa", "Pa", 100, 1);
        secondary(units, "mm", "m", 1, 1e3);
        secondary(units, "cm", "m", 1, 1e2);
        secondary(units, "km", "m", 1e3, 1);
        secondary(units, "km/h", "m/s", 1, 3.6);
        return Collections.unmodifiableMap(units);
    }

    private static void secondary(
            Map<String, SenmlUnit> units, String name, String primary, double multiplier, double divisor) {
        units.put(name, new SenmlUnit(name, primary, multiplier, divisor, 0));
    }
}
