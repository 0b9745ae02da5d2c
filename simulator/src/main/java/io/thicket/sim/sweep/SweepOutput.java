package io.thicket.sim.sweep;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of a sweep: {@code runs.jsonl}, or {@code runs-2-of-8.jsonl} of a shard, and the tables that are made of it. */
public final class SweepOutput implements AutoCloseable {
    static final String RUNS = "runs.jsonl";

    /** Every name that {@link #name} and {@link #table} give, that of a file in the making, and that of a lock. */
    private static final String OWN =
            "(runs(-\\d+-of-\\d+)?\\.(jsonl(\\.new|\\.lock)?|csv)|table(-\\d+-of-\\d+)?\\.csv)";

    private final Path directory;
    private final Path path;
    private final SweepLock lock;
    private final SweepFile file;
    private final Map<Integer, RunOutcome> outcomes;
    private final long tornBytes;

    private SweepOutput(
            Path directory,
            Path path,
            SweepLock lock,
            SweepFile file,
            Map<Integer, RunOutcome> outcomes,
            long tornBytes) {
        this.directory = directory;
        this.path = path;
        this.lock = lock;
        this.file = file;
        this.outcomes = outcomes;
        this.tornBytes = tornBytes;
    }

    /**
     * For the runs of {@code header}. One that is there is gone on with if {@code resume}, and refused if not; it may have fewer values and
     * seeds, and is written anew with the numbers that its runs have now. A {@link SweepInUseException} if another process has it open.
     */
    public static SweepOutput open(Path directory, SweepHeader header, boolean resume)
            throws IOException, SweepException {
        String wrong = problem(directory);
        if (!wrong.isEmpty()) {
            throw new SweepException(wrong);
        }
        Files.createDirectories(directory);
        // Before anything is read: what is there must not change until this has ended.
        SweepLock lock = SweepLock.of(runs(directory, header.shard()));
        try {
            return open(directory, header, resume, lock);
        } catch (IOException | SweepException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static SweepOutput open(Path directory, SweepHeader header, boolean resume, SweepLock lock)
            throws IOException, SweepException {
        Path path = runs(directory, header.shard());
        if (!Files.exists(path)) {
            return new SweepOutput(directory, path, lock, SweepFile.create(path, header), Map.of(), 0);
        }
        if (!resume) {
            throw new SweepException(path.getFileName()
                    + " is there already: --resume goes on with it, another --out DIRECTORY begins anew");
        }
        long size = Files.size(path);
        if (firstLineIsTorn(path)) {
            return new SweepOutput(directory, path, lock, SweepFile.resume(path, header, 0), Map.of(), size);
        }
        SweepFile.Content content = SweepFile.read(path);
        SweepHeader before = content.header();
        String difference = before.difference(header);
        difference = difference.isEmpty() ? before.notPartOf(header) : difference;
        if (!difference.isEmpty()) {
            throw new SweepException("--resume goes on with the same sweep, or makes it larger: " + difference);
        }
        long torn = size - content.wholeBytes();
        if (before.isOfSamePlan(header)) {
            SweepFile file = SweepFile.resume(path, header, content.wholeBytes());
            return new SweepOutput(directory, path, lock, file, content.outcomes(), torn);
        }
        Map<Integer, RunOutcome> moved = new PlanPlaces(before.plan(), header.plan()).moved(content.outcomes());
        return new SweepOutput(directory, path, lock, SweepFile.replace(path, header, moved), moved, torn);
    }

    /** Why results cannot go there, which {@link Files#createDirectories} says with the name alone; empty if they can. */
    static String problem(Path directory) {
        return Files.exists(directory) && !Files.isDirectory(directory)
                ? "it is a file, and the results are a directory"
                : "";
    }

    /** Killed before it had written anything whole. */
    static boolean firstLineIsTorn(Path path) throws IOException {
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

    static void write(Path directory, Shard shard, SweepTable table) throws IOException {
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
        try {
            file.close();
        } finally {
            lock.close();
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
}
