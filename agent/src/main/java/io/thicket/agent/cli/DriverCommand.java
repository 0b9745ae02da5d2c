package io.thicket.agent.cli;

import io.thicket.agent.node.SensorRecords;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.agent.senml.SenmlJsonCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.catalogue.OptionCheck;
import io.thicket.drivers.catalogue.VirtualDevice;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver}. */
@Command(
        name = "driver",
        description = "The sensor drivers, and decoding without a device.",
        subcommands = {DriverValidateCommand.class, DriverInfoCommand.class, DriverBenchCommand.class})
final class DriverCommand {
    /** Longer than any framer waits. */
    private static final long END_OF_INPUT_MS = 1_000_000_000;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    DriverCommand() {}

    /** With the commands that need a port. */
    static CommandLine line(PortTool ports) {
        return new CommandLine(new DriverCommand())
                .addSubcommand(new DriverRecordCommand(ports))
                .addSubcommand(new DriverReplayCommand(ports))
                .addSubcommand(new DriverDetectCommand(ports));
    }

    @Command(name = "list", description = "All drivers with their serial settings and options.")
    int list(@Option(names = "--json", description = "As a JSON array.") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(DriverCatalogue.all()));
        } else {
            TextTable table = new TextTable("ID", "DEVICE", "LINE", "OPTIONS");
            for (DeviceDriver driver : DriverCatalogue.all()) {
                DriverDescriptor descriptor = driver.descriptor();
                String line = descriptor.id().startsWith("virtual.") ? "-" : lineOf(descriptor);
                List<String> options = descriptor.options().stream()
                        .map(DriverDescriptor.Option::key)
                        .toList();
                table.row(descriptor.id(), descriptor.title(), line, String.join(" ", options));
            }
            out.print(table);
        }
        out.flush();
        return ExitCode.OK.number();
    }

    @Command(
            name = "decode",
            description = {
                "Decode the raw bytes of a device, without one.",
                "Prints one SenML JSON record per line; counts of good and bad frames go to standard error."
            })
    int decode(
            @Parameters(
                            paramLabel = "ID",
                            description = "A driver of 'thicket driver list', or a specification file (*.toml).")
                    String id,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            defaultValue = "-",
                            description = "A recording, or raw bytes; - is standard input.")
                    String file,
            @Option(
                            names = {"-o", "--option"},
                            paramLabel = "KEY=VALUE",
                            description = "An option of the driver.")
                    Map<String, String> options,
            @Option(names = "--json", description = "The counts as a JSON object.") boolean json)
            throws Failure {
        DeviceDriver driver = DriverSource.find(id);
        refuseSilent(driver);
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> given = options == null ? Map.of() : options;
        List<String> wrong = OptionCheck.problems(driver, given);
        if (!wrong.isEmpty()) {
            throw new Failure(ExitCode.USAGE, String.join("\n", wrong));
        }
        RecordedInput input = RecordedInput.read(file);
        FrameCounts counts = decode(driver.open(given), input, out);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(json ? toJson(counts) : toText(counts));
        boolean understood = counts.good() + counts.noValue() > 0;
        if (!understood && !json) {
            err.println(
                    input.raw().bytes.length == 0
                            ? "the input is empty"
                            : "no frame of " + driver.descriptor().id()
                                    + " is in it: 'thicket driver detect FILE' tries all drivers");
        }
        err.flush();
        return (understood ? ExitCode.OK : ExitCode.BAD_DATA).number();
    }

    private static void refuseSilent(DeviceDriver driver) throws Failure {
        String id = driver.descriptor().id();
        if (driver instanceof VirtualDevice) {
            throw new Failure(ExitCode.USAGE, id + " has no port, so there is nothing to decode");
        }
        if (driver instanceof ModbusDriver modbus && modbus.needsMap()) {
            throw new Failure(ExitCode.USAGE, "write the register map in place of '" + id + "', e.g. my-meter.toml");
        }
    }

    private static FrameCounts decode(DeviceSession session, RecordedInput input, PrintWriter out) {
        boolean timed = input.capture() != null;
        double started = input.startedSeconds();
        ObservationSink sink = (arrivedAtMs, observations) -> {
            for (SenmlRecord senml : SensorRecords.of(observations)) {
                JsonWriter json = new JsonWriter();
                SenmlJsonCodec.write(json, new SenmlPack("", 0, List.of(senml)));
                String pack = json.toString();
                String record = pack.substring(1, pack.length() - 2);
                String time = timed ? ",\"t\":" + JsonWriter.text(started + arrivedAtMs / 1000.0) : "";
                out.println(record + time + "}");
            }
        };
        input.play((micros, bytes) -> session.onBytes(micros / 1000, bytes, 0, bytes.length, sink));
        // Nothing more will come: what waits behind a false start is looked at.
        session.onSilence(END_OF_INPUT_MS, sink);
        return session.counts();
    }

    private static String toText(FrameCounts counts) {
        return counts.good() + " good, " + counts.noValue() + " without a value yet, " + counts.badChecksum()
                + " bad checksum, " + counts.malformed() + " malformed, " + counts.skippedBytes() + " bytes skipped";
    }

    private static String toJson(FrameCounts counts) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("good").value(counts.good());
        json.name("noValue").value(counts.noValue());
        json.name("badChecksum").value(counts.badChecksum());
        json.name("malformed").value(counts.malformed());
        json.name("skippedBytes").value(counts.skippedBytes());
        return json.endObject().toString();
    }

    private static String lineOf(DriverDescriptor descriptor) {
        return descriptor.line().baud() + " " + descriptor.line().dataBits()
                + descriptor.line().parity().name().charAt(0)
                + descriptor.line().stopBits();
    }

    private static String toJson(List<DeviceDriver> drivers) {
        JsonWriter json = new JsonWriter().beginArray();
        for (DeviceDriver driver : drivers) {
            DriverDescriptor descriptor = driver.descriptor();
            json.beginObject();
            json.name("id").value(descriptor.id());
            json.name("title").value(descriptor.title());
            json.name("line").value(lineOf(descriptor));
            json.name("options").beginArray();
            for (DriverDescriptor.Option option : descriptor.options()) {
                json.beginObject();
                json.name("key").value(option.key());
                json.name("description").value(option.description());
                json.endObject();
            }
            json.endArray().endObject();
        }
        return json.endArray().toString();
    }
}
