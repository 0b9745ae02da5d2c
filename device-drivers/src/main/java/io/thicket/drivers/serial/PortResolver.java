package io.thicket.drivers.serial;

import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the device node that an address means now. Reads directories only; no port is opened or touched. */
public final class PortResolver {
    private static final int MAX_LISTED = 6;
    private static final int MAX_USB_DEPTH = 8;

    private final Path dev;
    private final Path sys;

    /**
     * @param dev {@code /dev}
     * @param sys {@code /sys}
     */
    public PortResolver(Path dev, Path sys) {
        this.dev = dev;
        this.sys = sys;
    }

    /**
     * What was found.
     *
     * @param node the device node itself, symbolic links resolved
     * @param warning one sentence if the configured name is not a good one, else null
     */
    public record Resolved(String node, @Nullable String warning) {}

    /** The node, or {@link Problem#MISSING} with what there is instead. */
    public Resolved resolve(PortAddress address) throws PortException {
        if (!address.isLocal()) {
            return new Resolved(address.text(), null);
        }
        Path node = find(address)
                .orElseThrow(() -> new PortException(
                        Problem.MISSING, "serial port " + address.text() + " does not exist; " + whatThereIs()));
        return new Resolved(node.toString(), address instanceof PortAddress.Path path ? warning(path, node) : null);
    }

    /** Whether {@link #resolve} would find something; cheap enough for twice a second. */
    boolean exists(PortAddress address) {
        return find(address).isPresent();
    }

    private Optional<Path> find(PortAddress address) {
        if (address instanceof PortAddress.Usb usb) {
            return findUsb(usb);
        }
        if (!address.isLocal()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(address.text()).toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> findUsb(PortAddress.Usb wanted) {
        for (Path tty : list(sys.resolve("class/tty"))) {
            if (isUsb(tty, wanted)) {
                return Optional.of(dev.resolve(tty.getFileName().toString()));
            }
        }
        return Optional.empty();
    }

    /** Walks from the port up to the interface and the device (Linux: Documentation/ABI/testing/sysfs-bus-usb). */
    private static boolean isUsb(Path tty, PortAddress.Usb wanted) {
        Path at;
        try {
            at = tty.resolve("device").toRealPath();
        } catch (IOException e) {
            return false;
        }
        String interfaceNumber = "";
        for (int depth = 0; depth < MAX_USB_DEPTH && at != null; depth++) {
            if (interfaceNumber.isEmpty()) {
                interfaceNumber = read(at.resolve("bInterfaceNumber"));
            }
            if (Files.exists(at.resolve("idVendor"))) {
                return wanted.vendor().equals(read(at.resolve("idVendor")))
                        && wanted.product().equals(read(at.resolve("idProduct")))
                        && (wanted.serial().isEmpty() || wanted.serial().equals(read(at.resolve("serial"))))
                        && (wanted.interfaceNumber().isEmpty()
                                || wanted.interfaceNumber().equals(interfaceNumber));
            }
            at = at.getParent();
        }
        return false;
    }

    /** The kernel numbers USB ports in the order of plugging, so such a name may mean another device tomorrow. */
    private @Nullable String warning(PortAddress.Path configured, Path node) {
        boolean isNumbered = configured.text().matches(".*/tty(USB|ACM)[0-9]+");
        if (!isNumbered) {
            return null;
        }
        for (String directory : List.of("serial/by-id", "serial/by-path")) {
            for (Path link : list(dev.resolve(directory))) {
                if (leadsTo(link, node)) {
                    return configured.text() + " can become another device after a replug; write port = \"" + link
                            + "\" instead";
                }
            }
        }
        return configured.text() + " can become another device after a replug, and udev gives it no stable name here;"
                + " write port = \"usb:VID:PID:SERIAL\" instead (see lsusb -v)";
    }

    private static boolean leadsTo(Path link, Path node) {
        try {
            return link.toRealPath().equals(node);
        } catch (IOException e) {
            return false;
        }
    }

    /** The serial ports of this machine, at best by their stable names, in the order of the names. */
    public List<String> ports() {
        List<String> found = new ArrayList<>();
        for (Path link : list(dev.resolve("serial/by-id"))) {
            found.add(link.toString());
        }
        if (found.isEmpty()) {
            for (Path node : list(dev)) {
                if (node.getFileName().toString().matches("tty(USB|ACM|AMA)[0-9]+|serial[0-9]+")) {
                    found.add(node.toString());
                }
            }
        }
        return found;
    }

    private String whatThereIs() {
        List<String> found = ports();
        if (found.isEmpty()) {
            return "no serial adapter is plugged in (check the cable, and dmesg)";
        }
        String rest = found.size() > MAX_LISTED ? ", ..." : "";
        return "there is " + String.join(", ", found.subList(0, Math.min(found.size(), MAX_LISTED))) + rest;
    }

    /** The entries in the order of their names; none if the directory does not exist. */
    private static Iterable<Path> list(Path directory) {
        TreeSet<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            return List.of();
        }
        return entries;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
