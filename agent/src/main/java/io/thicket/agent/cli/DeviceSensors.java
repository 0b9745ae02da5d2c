package io.thicket.agent.cli;

import io.thicket.agent.config.BusConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.sensing.SensorFactory;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.jssc.JsscTransport;
import io.thicket.drivers.serial.net.NetworkPorts;
import io.thicket.drivers.serial.replay.RecordedPorts;
import java.util.List;
import java.util.random.RandomGenerator;

/** Devices on the real ports of this machine, for nodes whose configuration is no file of their own. */
public final class DeviceSensors {
    private DeviceSensors() {}

    /**
     * The sensors with their filters and watches, as an agent makes them; none has begun. A port that is missing is not wrong, the
     * sensor waits for it.
     *
     * @param buses that sensors share; one that has none is left out
     */
    public static List<Sensor> create(
            List<SensorConfig> sensors, List<BusConfig> buses, Timers timers, RandomGenerator random) throws Failure {
        SensorSpecs specs = new SensorSpecs(sensors, buses, List.of());
        try {
            List<Sensor> made = new SensorFactory(
                            RecordedPorts.or(NetworkPorts.or(JsscTransport::open)), PortSystem.LINUX)
                    .createAll(specs.buses(), specs.sensors(), timers, random);
            return specs.filtered(made, timers);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.CONFIG, e.getMessage());
        }
    }
}
