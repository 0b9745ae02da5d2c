package io.thicket.sim.sweep;

import io.thicket.sim.scenario.file.SweepPlan;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of a sweep: {@code runs.jsonl}, or {@code runs-2-of-8.jsonl} of a shard, and the tables that are made of it. */
public final class SweepOutput implements AutoCloseable {
    private static final String RUNS = "runs.jsonl";

    /** Every name that {@link #name} and {@link #table} give, and that of a file in the making. */
    private static final String OWN = "(runs(-\\d+-of-\\d+)?\\.(jsonl(\\.new)?|csv)|table(-\\d+-of-\\d+)?\\.csv)";

    private final Path directory;
    private final Path path;
    private final SweepFile file;
    private final Map<Integer, RunOutcome> outcomes;
    private final long tornBytes;

    private SweepOutput(Path directory, Path path, SweepFile file, Map<Integer, RunOutcome> outcomes, long tornBytes) {
        this.directory = directory;
        this.path = path;
        this.file = file;
        this.outcomes = outcomes;
        this.tornBytes = tornBytes;
    }

    /** For the runs of {@code header}. One that is there is gone on with if {@code resume}, and refused if not. */
    public static SweepOutput open(Path directory, SweepHeader header, boolean resume)
            throws IOException, SweepException {
        String wrong = problem(directory);
        if (!wrong.isEmpty()) {
            throw new SweepException(wrong);
        }
        Files.createDirectories(directory);
        Path path = runs(directory, header.shard());
        if (!Files.exists(path)) {
            return new SweepOutput(directory, path, SweepFile.create(path, header), Map.of(), 0);
        }
        if (!resume) {
            throw new SweepException(path.getFileName()
                    + " is there already: --resume goes on with it, another --out DIRECTORY begins anew");
        }
        long size = Files.size(path);
        if (firstLineIsTorn(path)) {
            return new SweepOutput(directory, path, SweepFile.resume(path, header, size, 0), Map.of(), size);
        }
        SweepFile.Content content = SweepFile.read(path);
        String difference = content.header().difference(header);
        if (!difference.isEmpty()) {
            throw new SweepException("--resume goes on with the same sweep only: " + difference);
        }
        SweepFile file = SweepFile.resume(path, header, size, content.wholeBytes());
        return new SweepOutput(directory, path, file, content.outcomes(), size - content.wholeBytes());
    }

    /** Why results cannot go there, which {@link Files#createDirectories} says with the name alone; empty if they can. */
    private static String problem(Path directory) {
        return Files.exists(directory) && !Files.isDirectory(directory)
                ? "it is a file, and the results are a directory"
                : "";
    }

    /** Killed before it had written anything whole. */
    private static boolean firstLineIsTorn(Path path) throws IOException {
        // Bytes: a torn line may end within a character.
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            int b = in.read();
            for (int length = 0; b >= 0 && b != '\n' && length < SweepFile.MAX_LINE; length++) {
                b = in.read();
            }
            return b < 0;
        }
    }

    /** The file of runs. */
    public static Path runs(Path directory, Shard shard) {
        return directory.resolve(name(shard));
    }

    private static String name(Shard shard) {
        return shard.count() == 1 ? RUNS : "runs-" + shard.index() + "-of-" + shard.count() + ".jsonl";
    }

    public Path directory() {
        return directory;
    }

    public SweepFile file() {
        return file;
    }

    /** What was done before. */
    public Map<Integer, RunOutcome> outcomes() {
        return outcomes;
    }

    /** How much of a torn line was cut off, empty if none was. */
    public OptionalLong tornBytes() {
        return tornBytes > 0 ? OptionalLong.of(tornBytes) : OptionalLong.empty();
    }

    /** Writes the tables; to be called after the last run. */
    public SweepTable finish() throws IOException, SweepException {
        SweepFile.Content content = SweepFile.read(path);
        SweepTable table = new SweepTable(content.header(), content.outcomes());
        write(directory, content.header().shard(), table);
        return table;
    }

    private static void write(Path directory, Shard shard, SweepTable table) throws IOException {
        Files.writeString(directory.resolve(table("runs", shard)), table.runsCsv());
        Files.writeString(directory.resolve(table("table", shard)), table.csv());
    }

    private static String table(String kind, Shard shard) {
        return kind + name(shard).substring("runs".length()).replace(".jsonl", ".csv");
    }

    /** Whether {@code file} is a name that a sweep, a shard of it or a merge writes in {@code directory}, or is that directory. */
    public static boolean isOwn(Path file, Path directory) {
        return file.toAbsolutePath()
                        .normalize()
                        .equals(directory.toAbsolutePath().normalize())
                || isIn(file, directory) && String.valueOf(file.getFileName()).matches(OWN);
    }

    /** Whether {@code file} lies in {@code directory}, be they there or not. */
    public static boolean isIn(Path file, Path directory) {
        @Nullable Path parent = file.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return false;
        }
        try {
            return Files.isSameFile(parent, directory);
        } catch (IOException e) {
            return parent.equals(directory.toAbsolutePath().normalize()); // one of them is not there
        }
    }

    /** Which tables are where, for people. */
    public static String told(Shard shard, Path directory) {
        return table("runs", shard) + " and " + table("table", shard) + " are in " + directory;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Puts shards together in {@code out}: a file of runs in their order, and the tables. What is there already is written over, so it
     * must be of the same sweep, and its runs are kept.
     */
    public static SweepTable merge(List<Path> from, Path out) throws IOException, SweepException {
        String wrong = problem(out);
        if (!wrong.isEmpty()) {
            throw new SweepException(out + ": " + wrong);
        }
        SweepFile.Content together = together(from);
        SweepHeader header = together.header();
        Map<Integer, RunOutcome> all = together.outcomes();
        keep(out, header, all);
        Files.createDirectories(out);
        writeRuns(out, header, all);
        SweepTable table = new SweepTable(header, all);
        write(out, Shard.WHOLE, table);
        return table;
    }

    /** The runs of several files, each once; refused if they are not of one sweep, or a run has two different traces. */
    static SweepFile.Content together(List<Path> from) throws IOException, SweepException {
        @Nullable SweepHeader header = null;
        @Nullable Path first = null;
        Map<Integer, RunOutcome> all = new TreeMap<>();
        for (Path path : files(from)) {
            SweepFile.Content content = read(path);
            if (header == null) {
                header = content.header().withShard(Shard.WHOLE);
                first = path;
            }
            String difference = header.difference(content.header());
            if (!difference.isEmpty()) {
                throw new SweepException(first + " and " + path + " are not of one sweep: " + difference);
            }
            for (Map.Entry<Integer, RunOutcome> each : content.outcomes().entrySet()) {
                add(all, each.getKey(), each.getValue(), path);
            }
        }
        if (header == null) {
            throw new SweepException("there is no file of runs (runs*.jsonl) in "
                    + String.join(", ", from.stream().map(Path::toString).toList()));
        }
        return new SweepFile.Content(header, all, 0);
    }

    private static void keep(Path out, SweepHeader header, Map<Integer, RunOutcome> all)
            throws IOException, SweepException {
        Path there = out.resolve(RUNS);
        if (!Files.exists(there) || firstLineIsTorn(there)) {
            return;
        }
        SweepFile.Content content = read(there);
        String difference = header.difference(content.header());
        if (!difference.isEmpty()) {
            throw new SweepException(out + " has the results of another sweep (" + difference
                    + "), which would be written over: name another directory");
        }
        for (Map.Entry<Integer, RunOutcome> each : content.outcomes().entrySet()) {
            add(all, each.getKey(), each.getValue(), there);
        }
    }

    private static void add(Map<Integer, RunOutcome> all, int run, RunOutcome its, Path path) throws SweepException {
        @Nullable RunOutcome before = all.get(run);
        if (before == null || !before.isOk()) {
            all.put(run, its);
        } else if (its.isOk() && !before.traceHash().equals(its.traceHash())) {
            throw new SweepException(path + ": run " + run + " is in another file, too, with another trace");
        }
    }

    /** The files of runs that {@code from} has: files, and those of directories. */
    public static List<Path> files(List<Path> from) throws IOException, SweepException {
        List<Path> files = new ArrayList<>();
        for (Path path : from) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> its = Files.list(path)) {
                    its.filter(each -> String.valueOf(each.getFileName()).matches("runs.*\\.jsonl"))
                            .sorted()
                            .forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static SweepFile.Content read(Path path) throws IOException, SweepException {
        try {
            return SweepFile.read(path);
        } catch (NoSuchFileException e) {
            throw new SweepException("there is no file " + path);
        } catch (SweepException e) {
            throw new SweepException(path + ": " + e.getMessage());
        }
    }

    private static void writeRuns(Path out, SweepHeader header, Map<Integer, RunOutcome> all) throws IOException {
        List<SweepPlan.Point> points = header.plan().points();
        int seeds = header.plan().seeds().size();
        Path made = out.resolve(RUNS + ".new");
        try (java.io.BufferedWriter writer = Files.newBufferedWriter(made)) {
            writer.append(header.line()).append('\n');
            for (Map.Entry<Integer, RunOutcome> each : all.entrySet()) {
                int run = each.getKey();
                writer.append(SweepFile.line(header, points.get(run / seeds), run % seeds, each.getValue()))
                        .append('\n');
            }
        } catch (IOException e) {
            Files.deleteIfExists(made); // of a full disk it would take what is left
            throw e;
        }
        Files.move(made, out.resolve(RUNS), StandardCopyOption.REPLACE_EXISTING);
    }
}
