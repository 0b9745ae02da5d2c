package io.thicket.drivers.meter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names of what electricity meters measure, by OBIS code (IEC 62056-61) without its medium and channel. */
final class Obis {
    private static final Map<String, String> NAMES = names();

    private Obis() {}

    /** The name for {@code C.D.E}, if it is one of those that are handed on. */
    static Optional<String> name(String group) {
        return Optional.ofNullable(NAMES.get(group));
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (int tariff = 0; tariff <= 4; tariff++) {
            String suffix = tariff == 0 ? "" : "_t" + tariff;
            names.put("1.8." + tariff, "energy_import" + suffix);
            names.put("2.8." + tariff, "energy_export" + suffix);
            names.put("3.8." + tariff, "reactive_import" + suffix);
            names.put("4.8." + tariff, "reactive_export" + suffix);
        }
        names.put("1.7.0", "power_import");
        names.put("2.7.0", "power_export");
        names.put("3.7.0", "reactive_power_import");
        names.put("4.7.0", "reactive_power_export");
        names.put("16.7.0", "power");
        names.put("13.7.0", "power_factor");
        names.put("14.7.0", "frequency");
        names.put("1.6.0", "power_peak");
        names.put("1.4.0", "power_average");
        names.put("17.0.0", "power_limit");
        for (int phase = 1; phase <= 3; phase++) {
            int base = 20 * phase;
            String suffix = "_l" + phase;
            names.put(base + 1 + ".7.0", "power_import" + suffix);
            names.put(base + 2 + ".7.0", "power_export" + suffix);
            names.put(base + 3 + ".7.0", "reactive_power_import" + suffix);
            names.put(base + 4 + ".7.0", "reactive_power_export" + suffix);
            names.put(base + 11 + ".7.0", "current" + suffix);
            names.put(base + 12 + ".7.0", "voltage" + suffix);
            names.put(base + 13 + ".7.0", "power_factor" + suffix);
            names.put(base + 16 + ".7.0", "power" + suffix);
            names.put(base + 12 + ".32.0", "voltage_sags" + suffix);
            names.put(base + 12 + ".36.0", "voltage_swells" + suffix);
        }
        names.put("96.14.0", "tariff");
        names.put("96.7.21", "failures");
        names.put("96.7.9", "long_failures");
        return names;
    }
}
