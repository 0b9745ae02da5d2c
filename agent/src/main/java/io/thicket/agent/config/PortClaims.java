package io.thicket.agent.config;

import io.thicket.drivers.serial.PortAddress;
import java.util.HashMap;
import java.util.Map;

/** Checks serial ports, and that each belongs to one sensor or bus. */
final class PortClaims {
    private final Map<String, String> ownerByPort = new HashMap<>();

    /** {@code port} is what the section's key {@code port} holds; {@code owner} is its sensor or bus, for people. */
    void check(SectionReader reader, String owner, String port) {
        if (!PortAddress.isMeant(port)) {
            reader.error("port", "port '" + port + "' is no path of a device", "write \"/dev/" + port + "\"");
            return;
        }
        PortAddress address;
        try {
            address = PortAddress.parse(port);
        } catch (IllegalArgumentException e) {
            reader.error("port", "port '" + port + "': " + e.getMessage(), "");
            return;
        }
        String other = ownerByPort.putIfAbsent(address.text(), owner);
        if (other != null) {
            String cure = "sensors that share a line belong to a " + reader.sibling("bus");
            reader.error("port", "the " + other + " has port " + address.text() + " already", cure);
        }
    }
}
