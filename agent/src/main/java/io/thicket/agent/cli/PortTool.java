package io.thicket.agent.cli;

import io.thicket.agent.config.LineFormat;
import io.thicket.agent.config.Units;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.LockedPort;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens ports for tools, and listens to them. */
final class PortTool {
    private static final int BUFFER_BYTES = 4096;
    private static final long POLL_MS = 5;

    private final Transport.Opener opener;
    private final PortSystem system;

    PortTool(Transport.Opener opener, PortSystem system) {
        this.opener = opener;
        this.system = system;
    }

    /** Takes what was read. */
    @FunctionalInterface
    interface Heard {
        void bytes(long sinceBeginNanos, byte[] bytes, int length);
    }

    LockedPort open(String port, LineParameters line) throws Failure {
        try {
            return LockedPort.open(PortAddress.parse(port), line, opener, system);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "port '" + port + "': " + e.getMessage());
        } catch (PortException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.sentence());
        }
    }

    /** Listens for so long, 0 for as long as the process lives; ends early when the thread is interrupted. */
    static void listen(LockedPort port, long forMs, Heard heard) throws Failure {
        byte[] buffer = new byte[BUFFER_BYTES];
        long beginNanos = System.nanoTime();
        long untilNanos = TimeUnit.MILLISECONDS.toNanos(forMs);
        try {
            while (forMs == 0 || System.nanoTime() - beginNanos < untilNanos) {
                int pending = Math.min(port.transport().pending(), BUFFER_BYTES);
                int read = pending == 0 ? 0 : port.transport().read(buffer, 0, pending);
                if (read > 0) {
                    heard.bytes(System.nanoTime() - beginNanos, buffer, read);
                } else {
                    Thread.sleep(POLL_MS);
                }
            }
        } catch (PortException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line: {@code usual}, with what the options say otherwise. */
    static LineParameters line(LineParameters usual, int baud, @Nullable String format) throws Failure {
        try {
            LineFormat shape = format == null
                    ? new LineFormat(usual.dataBits(), usual.parity(), usual.stopBits())
                    : LineFormat.parse(format);
            return new LineParameters(
                    baud > 0 ? baud : usual.baud(),
                    shape.dataBits(),
                    shape.parity(),
                    shape.stopBits(),
                    usual.dtr(),
                    usual.rts());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + "; write for example --baud 9600 --format 8N1");
        }
    }

    static LineParameters atSpeed(LineParameters line, int baud) {
        return new LineParameters(baud, line.dataBits(), line.parity(), line.stopBits(), line.dtr(), line.rts());
    }

    static String text(LineParameters line) {
        return line.baud() + " " + new LineFormat(line.dataBits(), line.parity(), line.stopBits());
    }

    /** In ms. */
    static long duration(String option, String text) throws Failure {
        try {
            return Units.duration(text).toMillis();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }
}
