package io.thicket.agent.sensing;

import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.Bus;
import io.thicket.drivers.bus.BusUnit;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.modbus.CommandUnit;
import io.thicket.drivers.modbus.CommandedBus;
import io.thicket.drivers.modbus.ModbusUnit;
import io.thicket.drivers.modbus.UnitPlan;
import io.thicket.drivers.serial.DecodeFault;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import io.thicket.drivers.serial.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The port of a bus, shared by its sensors. It opens with the first of them that starts, and closes with the first that
 * closes: a node starts and closes all of its sensors together.
 */
final class BusLine {
    private final BusSpec spec;
    private final List<BusSensor> sensors = new ArrayList<>();
    private final PortWorker worker;
    private boolean begun;

    /** A device of the line: its sensor's name, driver, least interval between readings, and how it is read. */
    record Device(String name, String driver, long minIntervalMs, UnitPlan plan) {}

    BusLine(
            BusSpec spec,
            List<Device> devices,
            Transport.Opener opener,
            PortSystem system,
            Timers timers,
            RandomGenerator random) {
        this.spec = spec;
        List<BusUnit> units = new ArrayList<>();
        Map<String, CommandUnit> commanded = new LinkedHashMap<>();
        for (Device device : devices) {
            BusSensor sensor = new BusSensor(device, this, timers);
            sensors.add(sensor);
            BusUnit unit = new ModbusUnit(
                    device.plan(), (atMs, values) -> sensor.observed(TimeUnit.MILLISECONDS.toNanos(atMs), values));
            if (!device.plan().map().commands().isEmpty()) {
                CommandUnit its = new CommandUnit(unit, device.plan().map().commands());
                commanded.put(device.name(), its);
                unit = its;
            }
            units.add(unit);
        }
        Bus bus = new Bus(spec.parameters(), units, this::unitChanged);
        this.worker = new PortWorker(
                spec.name(), spec.port(), new CommandedBus(bus, commanded), new FromPort(), opener, system, random);
    }

    /** In the order of the devices. */
    List<BusSensor> sensors() {
        return List.copyOf(sensors);
    }

    /** The port as configured. */
    String port() {
        return spec.port().address().text();
    }

    PortStatus status() {
        return worker.status();
    }

    Optional<DecodeFault> lastFault() {
        return worker.lastFault();
    }

    /** On the node's loop. */
    void begin() {
        if (!begun) {
            begun = true;
            worker.start();
        }
    }

    /** Any thread. */
    void command(CommandOrder order) {
        worker.command(order);
    }

    /** On the node's loop. Nothing is read any more when it returns. */
    void end() {
        worker.close();
    }

    private void unitChanged(int index, UnitHealth health) {
        sensors.get(index).healthChanged(health);
    }

    private final class FromPort implements PortListener {
        @Override
        public void observed(long arrivedAtNanos, List<Observation> observations) {
            // The units of a bus have sinks of their own, because here nobody could tell them apart.
        }

        @Override
        public void portChanged(PortStatus status) {
            sensors.forEach(BusSensor::portChanged);
        }
    }
}
