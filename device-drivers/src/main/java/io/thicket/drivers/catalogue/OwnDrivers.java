package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.spec.DeviceSpec;
import io.thicket.drivers.spec.RegisterMapReader;
import io.thicket.drivers.spec.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The drivers of a file that somebody wrote: a specification of a device, or the register map of a Modbus device. */
public final class OwnDrivers {
    private OwnDrivers() {}

    /** One for each model in the file. A file with a section {@code [modbus]} is a register map. */
    public static List<DeviceDriver> read(String toml) throws SpecException {
        if (!RegisterMapReader.isMap(toml)) {
            return List.copyOf(SpecDriver.read(toml));
        }
        List<DeviceDriver> drivers = new ArrayList<>();
        for (RegisterMap map : RegisterMapReader.read(toml)) {
            drivers.add(ModbusDriver.of(map));
        }
        return drivers;
    }

    /** What one of {@link #read}'s drivers has, in a few words. */
    public static String summary(DeviceDriver driver) {
        if (driver instanceof ModbusDriver modbus) {
            RegisterMap map = modbus.map(Map.of());
            return values(map.values().size()) + examples(map.examples().size());
        }
        DeviceSpec spec = ((SpecDriver) driver).spec();
        return values(spec.values().size()) + examples(spec.examples().size());
    }

    private static String values(int count) {
        return count + (count == 1 ? " value, " : " values, ");
    }

    private static String examples(int count) {
        return count + (count == 1 ? " example decodes" : " examples decode") + " as expected";
    }
}
