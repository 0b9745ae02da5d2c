package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.capture.Detector;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.VirtualDevice;
import io.thicket.drivers.serial.LockedPort;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver detect}. */
@Command(
        name = "detect",
        description = {
            "Find out which device is at a port, or in a recording.",
            "Listens only and never sends, unless --ask says so: without it a device that must be asked is not found. Exit code 1 if none is."
        })
final class DriverDetectCommand implements Callable<Integer> {
    /** Opening a port can reset the device, so it is opened once, and the rate changed. */
    private final PortTool tool;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PORT|FILE", description = "A serial port, or a file with a recording or raw bytes.")
    private String source;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "3s",
            description =
                    "How long to listen with each setting of the line, and to wait for each answer; 3s if absent.")
    private String time;

    @Option(
            names = "--ask",
            description =
                    "If nothing is heard, send what each driver would ask its device, one driver after the other. Only where no machine can take a question for a command.")
    private boolean ask;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    private long heardBytes;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverDetectCommand(PortTool tool) {
        this.tool = tool;
    }

    /** A device that may be the one. */
    private record Found(String line, boolean asked, Detector.Score score) {}

    @Override
    public Integer call() throws Failure {
        long forMs = PortTool.duration("--for", time);
        boolean isRecording = isFile();
        List<Found> found = isRecording ? inFile() : atPort(forMs);
        found.sort(Comparator.comparingDouble((Found each) -> -each.score().share())
                .thenComparing(each -> -each.score().counts().good()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(found));
        } else {
            for (Found each : found) {
                out.println(toText(each));
            }
            if (found.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("no driver understands what was heard (" + heardBytes
                                + " bytes); a device that must be asked says nothing by itself"
                                + (ask || isRecording ? "" : ": --ask asks"));
            }
        }
        out.flush();
        spec.commandLine().getErr().flush();
        return (found.isEmpty() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private boolean isFile() throws Failure {
        Path path = Path.of(source);
        if (Files.isDirectory(path)) {
            throw new Failure(ExitCode.NO_INPUT, source + " is a directory; name a port, or a file");
        }
        boolean isPort = PortAddress.isMeant(source) && (!source.startsWith("/") || source.startsWith("/dev/"));
        if (!isPort && !Files.exists(path)) {
            throw new Failure(ExitCode.NO_INPUT, "there is no file " + source + ", and a port is written /dev/...");
        }
        return Files.isRegularFile(path);
    }

    private List<Found> inFile() throws Failure {
        Detector detector = new Detector(drivers());
        RecordedInput.read(source).play((micros, bytes) -> detector.onBytes(micros / 1000, bytes, 0, bytes.length));
        heardBytes = detector.bytes();
        List<Found> found = new ArrayList<>();
        for (Detector.Score score : detector.scores()) {
            found.add(new Found(PortTool.text(score.driver().line()), false, score));
        }
        return found;
    }

    private List<Found> atPort(long forMs) throws Failure {
        Map<LineParameters, List<DeviceDriver>> byLine = new LinkedHashMap<>();
        for (DeviceDriver driver : drivers()) {
            byLine.computeIfAbsent(driver.descriptor().line(), line -> new ArrayList<>())
                    .add(driver);
        }
        PrintWriter err = spec.commandLine().getErr();
        List<Found> found = new ArrayList<>();
        LineParameters first = byLine.keySet().iterator().next();
        try (LockedPort port = tool.open(source, first)) {
            for (Map.Entry<LineParameters, List<DeviceDriver>> entry : byLine.entrySet()) {
                String line = PortTool.text(entry.getKey());
                port.transport().setLine(entry.getKey());
                port.transport().purge();
                // Text is text at every rate that is right; the others know their own.
                Detector detector = new Detector(withText(entry.getValue()));
                PortTool.listen(
                        port,
                        forMs,
                        (nanos, bytes, length) ->
                                detector.onBytes(TimeUnit.NANOSECONDS.toMillis(nanos), bytes, 0, length));
                heardBytes += detector.bytes();
                List<Detector.Score> scores = detector.scores();
                err.println(line + ": " + detector.bytes() + " bytes, " + scores.size() + " drivers understand them");
                err.flush();
                scores.forEach(score -> found.add(new Found(line, false, score)));
            }
            if (ask && found.isEmpty()) {
                asked(port, forMs, found);
            }
        } catch (PortException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.sentence());
        }
        return found;
    }

    /** All of them, also when one has answered: several may understand the same answer. */
    private void asked(LockedPort port, long forMs, List<Found> found) throws PortException {
        PrintWriter err = spec.commandLine().getErr();
        for (DeviceDriver driver : drivers()) {
            if (Interview.isFor(driver)) {
                String line = PortTool.text(driver.descriptor().line());
                Optional<Detector.Score> score = Interview.with(driver, port, forMs);
                err.println(line + ": " + driver.descriptor().id() + " asked, "
                        + (score.isEmpty() ? "no answer that it understands" : "answered"));
                err.flush();
                score.ifPresent(its -> found.add(new Found(line, true, its)));
            }
        }
    }

    private static List<DeviceDriver> drivers() {
        return DriverCatalogue.all().stream()
                .filter(driver -> !(driver instanceof VirtualDevice))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<DeviceDriver> withText(List<DeviceDriver> drivers) {
        List<DeviceDriver> all = new ArrayList<>(drivers);
        for (DeviceDriver driver : drivers()) {
            String id = driver.descriptor().id();
            if ((id.startsWith("text.") || id.equals("nmea0183")) && !all.contains(driver)) {
                all.add(driver);
            }
        }
        return all;
    }

    private static String toText(Found found) {
        Detector.Score score = found.score();
        String values =
                score.last().stream().limit(4).map(DriverDetectCommand::toText).collect(Collectors.joining(", "));
        return score.driver().id() + "  " + found.line() + "  " + score.counts().good() + " frames, "
                + Math.round(100 * score.share()) + " % of the bytes" + (found.asked() ? ", asked: " : ": ") + values;
    }

    private static String toText(Observation value) {
        String unit = value.unit() == null ? "" : " " + value.unit();
        if (value.value() instanceof Observation.Value.Numeric number) {
            return value.name() + "=" + JsonWriter.text(number.value()) + unit;
        }
        return value.value() instanceof Observation.Value.Text text
                ? value.name() + "=" + text.value()
                : value.name() + "=" + ((Observation.Value.Flag) value.value()).value();
    }

    private static String toJson(List<Found> found) {
        JsonWriter json = new JsonWriter().beginArray();
        for (Found each : found) {
            FrameCounts counts = each.score().counts();
            json.beginObject();
            json.name("id").value(each.score().driver().id());
            json.name("line").value(each.line());
            json.name("share").value(each.score().share());
            json.name("good").value(counts.good());
            json.name("badChecksum").value(counts.badChecksum());
            json.name("skippedBytes").value(counts.skippedBytes());
            json.name("asked").value(each.asked());
            json.endObject();
        }
        return json.endArray().toString();
    }
}
