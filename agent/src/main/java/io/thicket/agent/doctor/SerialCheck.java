package io.thicket.agent.doctor;

import io.thicket.agent.config.BusConfig;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortResolver;
import io.thicket.drivers.serial.jssc.JsscTransport;
import io.thicket.drivers.serial.jssc.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Serial ports. None is opened: that would reset some devices. */
final class SerialCheck {
    private static final String AREA = "serial";

    private final PortResolver resolver;

    SerialCheck(Machine machine) {
        this.resolver = new PortResolver(machine.dev(), machine.sys());
    }

    /** The ports of the configured buses and sensors. */
    List<Finding> look(NodeConfig config) {
        List<Finding> findings = new ArrayList<>();
        for (BusConfig bus : config.buses()) {
            if (findings.isEmpty()) {
                findings.add(library());
            }
            findings.addAll(port("bus " + bus.name(), bus.port()));
        }
        for (SensorConfig sensor : config.sensors()) {
            if (sensor.port() != null) {
                if (findings.isEmpty()) {
                    findings.add(library());
                }
                findings.addAll(port("sensor " + sensor.name(), sensor.port()));
            }
        }
        return findings;
    }

    /** The ports that there are. */
    List<Finding> survey() {
        List<Finding> findings = new ArrayList<>();
        findings.add(library());
        List<String> ports = resolver.ports();
        if (ports.isEmpty()) {
            findings.add(
                    Finding.info(AREA, "no serial port found", "plug an adapter in; dmesg tells whether it came up"));
        }
        for (String port : ports) {
            findings.addAll(port(AREA, port));
        }
        return findings;
    }

    private static Finding library() {
        Optional<String> problem = NativeLibrary.problem();
        return problem.isPresent()
                ? Finding.of(AREA, Severity.ERROR, problem.get(), "see docs/cli.md")
                : Finding.ok(AREA, "the native library for serial ports can be loaded");
    }

    private List<Finding> port(String area, String text) {
        List<Finding> findings = new ArrayList<>();
        try {
            PortAddress address = PortAddress.parse(text);
            if (address instanceof PortAddress.Recorded) {
                findings.add(Finding.of(
                        area, Severity.WARNING, text + " is a recording: nothing is measured", "write a port"));
                return findings;
            }
            if (!address.isLocal()) {
                findings.add(Finding.ok(
                        area, text + " is behind a network; thicket status tells whether its server answers"));
                return findings;
            }
            PortResolver.Resolved resolved = resolver.resolve(address);
            JsscTransport.requireUsable(resolved.node());
            String leads = text.equals(resolved.node()) ? text : text + " (" + resolved.node() + ")";
            findings.add(Finding.ok(area, leads + " can be read and written"));
            if (resolved.warning() != null) {
                findings.add(Finding.of(area, Severity.WARNING, resolved.warning(), "use a name of /dev/serial/by-id"));
            }
        } catch (PortException e) {
            findings.add(Finding.of(area, Severity.ERROR, e.sentence(), "correct port in the configuration"));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.error(area, String.valueOf(e.getMessage()), "correct port in the configuration"));
        }
        return findings;
    }
}
