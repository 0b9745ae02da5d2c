package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.JsonValue;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a sweep, one line of JSON each, after a header. Lines are only ever added, unless the sweep becomes larger and its runs
 * get other numbers; the last line of a file whose writer was
 * killed may be torn and is cut off. A run that failed may be there again with a result, which is the one that counts. Whoever writes one
 * has its {@link SweepLock}.
 */
public final class SweepFile implements AutoCloseable {
    /**
     * What a file says.
     *
     * @param outcomes by number of the run
     * @param wholeBytes where the last whole line ends; 0 of several files together
     */
    public record Content(SweepHeader header, Map<Integer, RunOutcome> outcomes, long wholeBytes) {}

    static final int MAX_LINE = 17 << 20;

    private final FileChannel channel;
    private final SweepHeader header;
    private final List<SweepPlan.Point> points;

    private SweepFile(FileChannel channel, SweepHeader header) {
        this.channel = channel;
        this.header = header;
        this.points = header.plan().points();
    }

    /** A new file; an {@link IOException} if there is one, or nothing can be written there. */
    static SweepFile create(Path path, SweepHeader header) throws IOException {
        SweepFile file = open(path, header, StandardOpenOption.CREATE_NEW);
        file.append(header.line());
        return file;
    }

    /** Goes on after {@code wholeBytes} of a file that is there. */
    static SweepFile resume(Path path, SweepHeader header, long wholeBytes) throws IOException {
        SweepFile file = open(path, header, StandardOpenOption.CREATE);
        file.channel.truncate(wholeBytes);
        file.channel.position(wholeBytes);
        if (wholeBytes == 0) {
            file.append(header.line());
        }
        return file;
    }

    /** Puts a file with {@code outcomes} in the place of one that is there, which stays as it is until the new one is whole. */
    static SweepFile replace(Path path, SweepHeader header, Map<Integer, RunOutcome> outcomes) throws IOException {
        Path made = path.resolveSibling(path.getFileName() + ".new");
        SweepFile file = open(made, header, StandardOpenOption.CREATE);
        try {
            file.channel.truncate(0);
            for (String line : lines(header, outcomes)) {
                file.append(line);
            }
            file.channel.force(true);
            Files.move(made, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(made); // of a full disk it would take what is left
            throw e;
        }
    }

    /** All lines of a file, made one after the other. */
    static Iterable<String> lines(SweepHeader header, Map<Integer, RunOutcome> outcomes) {
        List<SweepPlan.Point> points = header.plan().points();
        int seeds = header.plan().seeds().size();
        return () -> Stream.concat(
                        Stream.of(header.line()), outcomes.entrySet().stream().map(each -> {
                            int run = each.getKey();
                            return line(header, points.get(run / seeds), run % seeds, each.getValue());
                        }))
                .iterator();
    }

    private static SweepFile open(Path path, SweepHeader header, StandardOpenOption how) throws IOException {
        return new SweepFile(FileChannel.open(path, StandardOpenOption.WRITE, how), header);
    }

    /** Adds a run. */
    void add(int point, int seedIndex, RunOutcome outcome) throws IOException {
        append(line(header, points.get(point), seedIndex, outcome));
    }

    static String line(SweepHeader header, SweepPlan.Point point, int seedIndex, RunOutcome outcome) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("run").value(header.run(point.number(), seedIndex));
        json.name("point").value(point.number());
        json.name("seed").value(new Seeds(header.plan().seeds().get(seedIndex)).toString());
        json.name("set").beginObject();
        for (Setting setting : point.settings()) {
            json.name(setting.key());
            JsonValue.write(json, setting.value());
        }
        json.endObject();
        if (!outcome.isOk()) {
            return json.name("error").value(outcome.error()).endObject().toString();
        }
        String start = json.endObject().toString();
        return start.substring(0, start.length() - 1) + ",\"summary\":" + outcome.summary() + "}";
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Everything whole in a file. */
    public static Content read(Path path) throws IOException, SweepException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            @Nullable SweepHeader header = null;
            Map<Integer, RunOutcome> outcomes = new TreeMap<>();
            long whole = 0;
            int number = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    if (line.size() > MAX_LINE) {
                        throw new SweepException("line " + (number + 1) + " is longer than any of a sweep");
                    }
                    line.write(b);
                    continue;
                }
                number++;
                String text = line.toString(StandardCharsets.UTF_8);
                whole += line.size() + 1L;
                line.reset();
                try {
                    if (header == null) {
                        header = SweepHeader.parse(text);
                    } else {
                        readRun(header, text, outcomes);
                    }
                } catch (SweepException e) {
                    throw new SweepException("line " + number + ": " + e.getMessage());
                }
            }
            if (header == null) {
                throw new SweepException(
                        "it has no first line: this is no file of a sweep, or its writer did not get that far");
            }
            return new Content(header, outcomes, whole);
        }
    }

    private static void readRun(SweepHeader header, String text, Map<Integer, RunOutcome> outcomes)
            throws SweepException {
        Map<?, ?> members = Json.object(text, MAX_LINE);
        int run = Json.count(members, "run");
        if (run >= header.plan().points().size() * header.plan().seeds().size()) {
            throw new SweepException("there is no run " + run);
        }
        RunOutcome outcome;
        if (members.get("summary") instanceof Map) {
            outcome = RunOutcome.of(Json.memberText(text, "summary"));
        } else {
            outcome = RunOutcome.failed(Json.text(members, "error"));
        }
        @Nullable RunOutcome before = outcomes.get(run);
        if (before == null || !before.isOk()) {
            outcomes.put(run, outcome);
        } else if (outcome.isOk() && !before.traceHash().equals(outcome.traceHash())) {
            throw new SweepException("run " + run + " is there twice, with different traces");
        }
    }
}
