package io.thicket.agent.config;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.catalogue.OptionCheck;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandingDriver;
import io.thicket.drivers.modbus.RegisterMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which drivers there are; the configuration is checked against it. */
public interface DriverLookup {
    /** All drivers, virtual ones included. */
    List<DriverDescriptor> drivers();

    /** All that is wrong with options for the driver {@code id}, which exists, a sentence each; empty if nothing is. */
    List<String> problemsWith(String id, Map<String, String> options);

    /** Whether the driver {@code id} is for devices that answer on a bus when they are asked. */
    default boolean isUnit(String id) {
        return false;
    }

    /** What a unit has that its configuration leaves out; empty if the driver is for none, or refuses the options. */
    default Optional<Unit> unit(String id, Map<String, String> options) {
        return Optional.empty();
    }

    /** What devices of the driver {@code id} can be told; none if the driver refuses the options. */
    default List<CommandInfo> commands(String id, Map<String, String> options) {
        return List.of();
    }

    /**
     * A unit as its driver knows it.
     *
     * @param address as delivered
     * @param minIntervalMs it is not to be asked more often
     * @param line its usual line
     */
    record Unit(int address, long minIntervalMs, LineParameters line) {}

    /** This one, and beside it drivers with other ids. */
    default DriverLookup with(List<DeviceDriver> more) {
        if (more.isEmpty()) {
            return this;
        }
        DriverLookup theirs = of(more);
        List<DriverDescriptor> all = new ArrayList<>(drivers());
        all.addAll(theirs.drivers());
        DriverLookup first = this;
        return new DriverLookup() {
            @Override
            public List<DriverDescriptor> drivers() {
                return List.copyOf(all);
            }

            @Override
            public List<String> problemsWith(String id, Map<String, String> options) {
                boolean own =
                        theirs.drivers().stream().anyMatch(driver -> driver.id().equals(id));
                return (own ? theirs : first).problemsWith(id, options);
            }

            @Override
            public List<CommandInfo> commands(String id, Map<String, String> options) {
                List<CommandInfo> its = theirs.commands(id, options);
                return its.isEmpty() ? first.commands(id, options) : its;
            }

            @Override
            public boolean isUnit(String id) {
                return theirs.isUnit(id) || first.isUnit(id);
            }

            @Override
            public Optional<Unit> unit(String id, Map<String, String> options) {
                return (theirs.isUnit(id) ? theirs : first).unit(id, options);
            }
        };
    }

    /** A look-up over drivers: options are checked by opening a session with them. */
    static DriverLookup of(List<? extends DeviceDriver> drivers) {
        Map<String, DeviceDriver> byId = new LinkedHashMap<>();
        List<DriverDescriptor> descriptors = new ArrayList<>();
        for (DeviceDriver driver : drivers) {
            descriptors.add(driver.descriptor());
            byId.put(driver.descriptor().id(), driver);
        }
        return new DriverLookup() {
            @Override
            public List<DriverDescriptor> drivers() {
                return List.copyOf(descriptors);
            }

            @Override
            public List<String> problemsWith(String id, Map<String, String> options) {
                DeviceDriver driver = byId.get(id);
                return driver == null
                        ? List.of("there is no driver '" + id + "'")
                        : OptionCheck.problems(driver, options);
            }

            @Override
            public List<CommandInfo> commands(String id, Map<String, String> options) {
                return byId.get(id) instanceof CommandingDriver its
                                && problemsWith(id, options).isEmpty()
                        ? its.commands(options)
                        : List.of();
            }

            @Override
            public boolean isUnit(String id) {
                return byId.get(id) instanceof ModbusDriver;
            }

            @Override
            public Optional<Unit> unit(String id, Map<String, String> options) {
                if (!(byId.get(id) instanceof ModbusDriver modbus)
                        || !problemsWith(id, options).isEmpty()) {
                    return Optional.empty();
                }
                RegisterMap map = modbus.map(options);
                return Optional.of(new Unit(map.unit(), map.minIntervalMs(), map.line()));
            }
        };
    }
}
