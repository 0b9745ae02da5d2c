package io.thicket.drivers.serial.replay;

import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Opens recordings (docs/driver-spec.md) as if they were ports, and leaves all others to somebody else. */
public final class RecordedPorts {
    /** Longest recording in bytes. It is held in memory, on a device with little of it. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private RecordedPorts() {}

    /** An opener for addresses {@code replay:PATH}; {@code others} gets the rest. */
    public static Transport.Opener or(Transport.Opener others) {
        return or(others, System::nanoTime);
    }

    static Transport.Opener or(Transport.Opener others, LongSupplier nanoTime) {
        return (node, line) -> PortAddress.Recorded.isMeant(node)
                ? new RecordedTransport(read(PortAddress.Recorded.parse(node)), nanoTime)
                : others.open(node, line);
    }

    private static Capture read(PortAddress.Recorded address) throws PortException {
        try (InputStream in = Files.newInputStream(Path.of(address.path()))) {
            byte[] file = in.readNBytes(MAX_BYTES + 1);
            if (file.length > MAX_BYTES) {
                throw refuse(address, "is longer than " + MAX_BYTES / (1024 * 1024) + " MiB; cut it");
            }
            if (!Capture.isOne(file)) {
                throw refuse(address, "is no recording; 'thicket driver record' makes one");
            }
            return Capture.parse(new String(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new PortException(
                    Problem.MISSING, "the recording " + address.path() + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw refuse(address, "is damaged: " + e.getMessage());
        }
    }

    private static PortException refuse(PortAddress.Recorded address, String why) {
        return new PortException(Problem.NOT_A_SERIAL_PORT, address.path() + " " + why);
    }
}
