package io.thicket.drivers.meter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Registers of Kamstrup's heat, cooling and water meters, with the names that their values have here. */
public enum KmpRegister {
    ENERGY(0x3C, "energy", true),
    VOLUME(0x44, "volume", true),
    POWER(0x50, "power", true),
    FLOW(0x4A, "flow", true),
    FLOW_TEMPERATURE(0x56, "flow_temperature", true),
    RETURN_TEMPERATURE(0x57, "return_temperature", true),
    TEMPERATURE_DIFFERENCE(0x59, "temperature_difference", true),
    /** 0 if all is well; what its bits mean depends on the model. */
    INFO(0x63, "info", true),
    COOLING_ENERGY(0x3F, "cooling_energy", false),
    ENERGY_2(0x5E, "energy_2", false),
    VOLUME_2(0x45, "volume_2", false),
    FLOW_2(0x4B, "flow_2", false),
    MASS(0x48, "mass", false),
    TEMPERATURE_3(0x58, "temperature_3", false),
    TEMPERATURE_4(0x7A, "temperature_4", false),
    PRESSURE(0x5B, "pressure", false),
    PRESSURE_2(0x5C, "pressure_2", false),
    FLOW_MAX_MONTH(0x8B, "flow_max_month", false),
    POWER_MAX_MONTH(0x8F, "power_max_month", false),
    FLOW_MAX_YEAR(0x7C, "flow_max_year", false),
    POWER_MAX_YEAR(0x80, "power_max_year", false),
    OPERATING_TIME(0x3EC, "operating_time", false),
    ERROR_TIME(0xAF, "error_time", false);

    private final int number;
    private final String valueName;
    private final boolean usual;

    KmpRegister(int number, String valueName, boolean usual) {
        this.number = number;
        this.valueName = valueName;
        this.usual = usual;
    }

    public int number() {
        return number;
    }

    /** The name of its value. */
    public String valueName() {
        return valueName;
    }

    /** Those that are read if nobody chooses: one question. */
    public static List<KmpRegister> usual() {
        return Arrays.stream(values()).filter(each -> each.usual).toList();
    }

    static Optional<KmpRegister> find(int number) {
        return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
    }
}
