package io.thicket.agent.cli;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.serial.LockedPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver record}. */
@Command(
        name = "record",
        description = {
            "Write what a device sends into a text file, which decode, detect and replay read.",
            "Listens only. Ends after --for, or with Ctrl-C."
        })
final class DriverRecordCommand implements Callable<Integer> {
    private static final LineParameters USUAL = LineParameters.of8N1(9600);

    private final PortTool tool;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PORT", description = "As in a configuration: /dev/serial/by-id/..., usb:VID:PID.")
    private String port;

    @Option(names = "--driver", paramLabel = "ID", description = "Take the line settings of this driver.")
    private @Nullable String driver;

    @Option(names = "--baud", paramLabel = "N", description = "Bits per second; 9600, or the driver's.")
    private int baud;

    @Option(names = "--format", paramLabel = "8N1", description = "Data bits, parity, stop bits; 8N1, or the driver's.")
    private @Nullable String format;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "How long, e.g. 30s; 0s: for ever.")
    private String time;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; standard output if absent.")
    private @Nullable Path output;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverRecordCommand(PortTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Failure {
        LineParameters usual =
                driver == null ? USUAL : DriverSource.find(driver).descriptor().line();
        LineParameters line = PortTool.line(usual, baud, format);
        long forMs = PortTool.duration("--for", time);
        PrintWriter out = writer();
        try (LockedPort opened = tool.open(port, line)) {
            out.println(Capture.MAGIC);
            out.println("# port " + opened.node());
            out.println("# line " + PortTool.text(line));
            if (driver != null) {
                out.println("# driver " + driver);
            }
            out.printf(Locale.ROOT, "# started %.6f%n", System.currentTimeMillis() / 1000.0);
            out.flush();
            PortTool.listen(opened, forMs, (sinceNanos, bytes, length) -> {
                out.println(Capture.line(sinceNanos / 1000, true, bytes, 0, length));
                // Ctrl-C ends the process at once, and nothing may be missing then.
                out.flush();
            });
            if (out.checkError()) {
                throw new Failure(
                        ExitCode.CANNOT_CREATE, target() + " cannot be written, e.g. because the disk is full");
            }
        } finally {
            out.flush();
            if (output != null) {
                out.close();
            }
        }
        return ExitCode.OK.number();
    }

    private String target() {
        return output == null ? "standard output" : output.toString();
    }

    private PrintWriter writer() throws Failure {
        if (output == null) {
            return spec.commandLine().getOut();
        }
        try {
            return new PrintWriter(Files.newBufferedWriter(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, output + " cannot be written: " + FileTrouble.why(e));
        }
    }
}
