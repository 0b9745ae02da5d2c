package io.thicket.agent.cli;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.serial.LockedPort;
import io.thicket.drivers.serial.PortException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver replay}. */
@Command(
        name = "replay",
        description = {
            "Send what a device said in a recording to a port, at its own pace or faster.",
            "Whatever listens at the other end of the cable (or of a pair of pseudo terminals, e.g. by socat) sees the device."
        })
final class DriverReplayCommand implements Callable<Integer> {
    private static final LineParameters USUAL = LineParameters.of8N1(9600);

    /** How long a port may refuse bytes. */
    private static final long WRITE_MS = 10_000;

    private static final long POLL_MS = 5;

    /** Closing throws away what is not on the line yet; adapters and pseudo terminals take so long beyond the time on the line. */
    private static final long CLOSE_AFTER_MS = 100;

    /** Start, eight data bits, parity, two stop bits. */
    private static final long BITS_OF_A_BYTE = 12;

    private final PortTool tool;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A recording; - is standard input.")
    private String file;

    @Parameters(index = "1", paramLabel = "PORT", description = "Where to.")
    private String port;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "1", description = "How much faster; 0: at once.")
    private double speed;

    @Option(names = "--baud", paramLabel = "N", description = "Bits per second; as recorded if absent.")
    private int baud;

    @Option(
            names = "--format",
            paramLabel = "8N1",
            description = "Data bits, parity, stop bits; as recorded if absent.")
    private @Nullable String format;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverReplayCommand(PortTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Failure {
        if (!(speed >= 0)) {
            throw new Failure(ExitCode.USAGE, "--speed is 0 or more");
        }
        Capture capture = RecordedInput.read(file).capture();
        if (capture == null) {
            throw new Failure(ExitCode.BAD_DATA, file + " is no recording of 'thicket driver record'");
        }
        long sent = 0;
        LineParameters line = line(capture);
        try (LockedPort opened = tool.open(port, line)) {
            long beginNanos = System.nanoTime();
            long sentAtNanos = beginNanos;
            for (Capture.Piece piece : capture.pieces()) {
                if (piece.received()) {
                    waitUntil(beginNanos, piece.atMicros());
                    send(opened, piece.bytes().toArray());
                    sent += piece.bytes().length();
                    long onLineNanos = TimeUnit.SECONDS.toNanos(
                                    BITS_OF_A_BYTE * piece.bytes().length())
                            / line.baud();
                    sentAtNanos = Math.max(sentAtNanos, System.nanoTime()) + onLineNanos;
                }
            }
            TimeUnit.NANOSECONDS.sleep(sentAtNanos + TimeUnit.MILLISECONDS.toNanos(CLOSE_AFTER_MS) - System.nanoTime());
        } catch (PortException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        spec.commandLine().getErr().println(sent + " bytes sent");
        spec.commandLine().getErr().flush();
        return ExitCode.OK.number();
    }

    private LineParameters line(Capture capture) throws Failure {
        String[] recorded = capture.head().getOrDefault("line", "9600 8N1").split(" ");
        int rate = recorded[0].matches("[0-9]{2,7}") ? Integer.parseInt(recorded[0]) : USUAL.baud();
        String shape = recorded.length > 1 ? recorded[1] : "8N1";
        return PortTool.line(USUAL, baud > 0 ? baud : rate, format == null ? shape : format);
    }

    private void waitUntil(long beginNanos, long atMicros) throws InterruptedException {
        if (speed > 0) {
            long dueNanos = (long) (atMicros * 1000 / speed);
            long leftNanos = dueNanos - (System.nanoTime() - beginNanos);
            if (leftNanos > 0) {
                TimeUnit.NANOSECONDS.sleep(leftNanos);
            }
        }
    }

    private static void send(LockedPort port, byte[] bytes) throws PortException, InterruptedException, Failure {
        long beginNanos = System.nanoTime();
        int written = 0;
        while (written < bytes.length) {
            int more = port.transport().write(bytes, written, bytes.length - written);
            written += more;
            if (more == 0) {
                if (System.nanoTime() - beginNanos > TimeUnit.MILLISECONDS.toNanos(WRITE_MS)) {
                    throw new Failure(ExitCode.UNAVAILABLE, "nobody takes the bytes at " + port.node());
                }
                Thread.sleep(POLL_MS);
            }
        }
    }
}
