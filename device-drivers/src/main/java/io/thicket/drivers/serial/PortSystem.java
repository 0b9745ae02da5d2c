package io.thicket.drivers.serial;

import java.nio.file.Path;

/**
 * Where the system keeps what the ports need.
 *
 * @param dev device nodes
 * @param sys the kernel's view of the devices
 * @param locks lock files of ports
 */
public record PortSystem(Path dev, Path sys, Path locks) {
    public static final PortSystem LINUX = new PortSystem(Path.of("/dev"), Path.of("/sys"), Path.of("/run/lock"));
}
