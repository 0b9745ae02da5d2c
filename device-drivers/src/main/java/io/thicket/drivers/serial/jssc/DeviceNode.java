package io.thicket.drivers.serial.jssc;

import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import jssc.SerialPortException;

/**
 * Looks at a device node before jSSC does, which calls most failures "port not found", and puts its answers into
 * sentences.
 */
final class DeviceNode {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFCHR = 0x2000;

    private DeviceNode() {}

    static void requireUsable(String node) throws PortException {
        Path path = Path.of(node);
        if (!Files.exists(path)) {
            throw new PortException(
                    Problem.MISSING,
                    node + " does not exist; plug the adapter in, or correct port in the configuration");
        }
        if (!isCharacterDevice(path)) {
            throw new PortException(
                    Problem.NOT_A_SERIAL_PORT,
                    node + " is a " + (Files.isDirectory(path) ? "directory" : "file")
                            + ", not a serial port; correct port in the configuration");
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw denied(node);
        }
    }

    /** What jSSC's answer to an attempt to open means. */
    static PortException explain(String node, String answer) {
        return switch (answer) {
            case SerialPortException.TYPE_PORT_BUSY ->
                new PortException(
                        Problem.BUSY, node + " is used by another program; find it with: sudo fuser -v " + node);
            case SerialPortException.TYPE_PERMISSION_DENIED -> denied(node);
            case SerialPortException.TYPE_INCORRECT_SERIAL_PORT ->
                new PortException(
                        Problem.NOT_A_SERIAL_PORT,
                        node + " is a device, but not a serial port; correct port in the configuration");
            default ->
                new PortException(
                        Problem.MISSING,
                        node + " cannot be opened (" + answer
                                + "); there is perhaps no device behind it, see dmesg, or correct port in the configuration");
        };
    }

    private static PortException denied(String node) {
        String user = System.getProperty("user.name", "this user");
        String head = user + " may not use " + node + "; ";
        String cure;
        try {
            PosixFileAttributes file = Files.readAttributes(Path.of(node), PosixFileAttributes.class);
            boolean groupMay = file.permissions()
                    .containsAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE));
            String group = file.group().getName();
            // A group root, or one that may not read, is the sign of a login console on the port.
            cure = groupMay && !group.equals("root") ? joinGroup(group, user) : freePort();
        } catch (IOException | UnsupportedOperationException e) {
            cure = joinGroup("dialout", user);
        }
        return new PortException(Problem.PERMISSION_DENIED, head + cure);
    }

    private static String joinGroup(String group, String user) {
        return "add the user to the group that owns it: sudo usermod -aG " + group + " " + user
                + ", then log in again or restart the service";
    }

    private static String freePort() {
        return "no group has rights to it: if a login console runs there, switch it off (raspi-config, Interface Options,"
                + " Serial Port), else give it to the group dialout by a udev rule";
    }

    private static boolean isCharacterDevice(Path path) {
        try {
            return Files.getAttribute(path, "unix:mode") instanceof Integer mode && (mode & S_IFMT) == S_IFCHR;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not a system where one can ask; jSSC will find out.
            return !Files.isDirectory(path) && !Files.isRegularFile(path);
        }
    }
}
