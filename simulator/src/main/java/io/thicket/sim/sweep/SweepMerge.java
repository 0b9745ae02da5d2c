package io.thicket.sim.sweep;

import io.thicket.sim.run.Plural;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shards of one sweep, or several of the same keys, as a whole: read first, written when all else is known to be well. */
public final class SweepMerge {
    private final Path out;
    private @Nullable SweepHeader header;

    /** What was read, in this order. */
    private final Map<Path, SweepHeader> read = new LinkedHashMap<>();

    private Map<Integer, RunOutcome> all = new TreeMap<>();
    private boolean grown;
    private @Nullable SweepTable table;

    private SweepMerge(Path out) {
        this.out = out;
    }

    /**
     * Reads the shards, and what is in {@code out} already: it is to be written over, so it must belong to them, and its runs are kept.
     */
    public static SweepMerge of(List<Path> from, Path out) throws IOException, SweepException {
        String wrong = SweepOutput.problem(out);
        if (!wrong.isEmpty()) {
            throw new SweepException(out + ": " + wrong);
        }
        SweepMerge merge = new SweepMerge(out);
        merge.addAll(from);
        merge.keep();
        return merge;
    }

    public SweepTable table() {
        if (table == null) {
            table = new SweepTable(header(), all);
        }
        return table;
    }

    /** For people: how large the sweep is of which each file had only some values or seeds; empty if all had the same. */
    public String grown() {
        int points = header().plan().points().size();
        int seeds = header().plan().seeds().size();
        return grown
                ? "not all files have the same values and seeds; all together are " + Plural.of(points, "point")
                        + " with " + Plural.of(seeds, "seed")
                : "";
    }

    /**
     * Writes a file of runs in their order, and the tables. Runs that came there since {@link #of} are kept, too; a {@link
     * SweepInUseException} if more of them are about to come.
     */
    public void write() throws IOException, SweepException {
        Files.createDirectories(out);
        SweepLock lock = SweepLock.of(out.resolve(SweepOutput.RUNS));
        try {
            keep();
            table = null;
            writeRuns();
            SweepOutput.write(out, Shard.WHOLE, table());
        } finally {
            lock.close();
        }
    }

    /** The runs of several files, each once; refused if they are of no one sweep, or a run has two different traces. */
    static SweepFile.Content together(List<Path> from) throws IOException, SweepException {
        SweepMerge merge = new SweepMerge(Path.of(""));
        merge.addAll(from);
        return new SweepFile.Content(merge.header(), merge.all, 0);
    }

    private void addAll(List<Path> from) throws IOException, SweepException {
        for (Path path : SweepOutput.files(from)) {
            SweepFile.Content content = read(path);
            if (header == null) {
                header = content.header().withShard(Shard.WHOLE);
            }
            String difference = difference(header(), content.header());
            if (!difference.isEmpty()) {
                throw new SweepException(
                        atOdds(content.header()) + " and " + path + " are not of one sweep: " + difference);
            }
            read.put(path, content.header());
            add(content, path);
        }
        if (header == null) {
            throw new SweepException("there is no file of runs (runs*.jsonl) in "
                    + String.join(", ", from.stream().map(Path::toString).toList()));
        }
    }

    /** The first of what was read that has another sweep than this: what all of them know together need not be what the first one says. */
    private Path atOdds(SweepHeader its) {
        return read.entrySet().stream()
                .filter(each -> !difference(each.getValue(), its).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private void keep() throws IOException, SweepException {
        Path there = out.resolve(SweepOutput.RUNS);
        if (!Files.exists(there) || SweepOutput.firstLineIsTorn(there)) {
            return;
        }
        SweepFile.Content content = read(there);
        String difference = difference(header(), content.header());
        if (!difference.isEmpty()) {
            throw new SweepException(out + " has the results of another sweep (" + difference
                    + "), which would be written over: name another directory");
        }
        add(content, there);
    }

    private static String difference(SweepHeader a, SweepHeader b) {
        String difference = a.difference(b);
        return difference.isEmpty() ? a.otherPrecision(b) : difference;
    }

    /** The sweep becomes as large as it must be to have these runs, too. */
    private void add(SweepFile.Content content, Path path) throws SweepException {
        SweepPlan its = content.header().plan();
        header = header().withInputsOf(content.header());
        if (!PlanPlaces.lacking(its, header().plan()).isEmpty()) {
            try {
                SweepPlan both = PlanPlaces.union(header().plan(), its);
                all = new PlanPlaces(header().plan(), both).moved(all);
                header = header().withPlan(both);
                grown = true;
            } catch (IllegalArgumentException e) {
                throw new SweepException(path + ": with it there would be " + e.getMessage());
            }
        }
        grown |= !PlanPlaces.lacking(header().plan(), its).isEmpty();
        for (Map.Entry<Integer, RunOutcome> each :
                new PlanPlaces(its, header().plan()).moved(content.outcomes()).entrySet()) {
            add(each.getKey(), each.getValue(), path);
        }
    }

    private void add(int run, RunOutcome its, Path path) throws SweepException {
        @Nullable RunOutcome before = all.get(run);
        if (before == null || !before.isOk()) {
            all.put(run, its);
        } else if (its.isOk() && !before.traceHash().equals(its.traceHash())) {
            throw new SweepException(path + ": run " + run + " is in another file, too, with another trace");
        }
    }

    private SweepHeader header() {
        return Objects.requireNonNull(header, "no file was read");
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

    private void writeRuns() throws IOException {
        Path made = out.resolve(SweepOutput.RUNS + ".new");
        try (BufferedWriter writer = Files.newBufferedWriter(made)) {
            for (String line : SweepFile.lines(header(), all)) {
                writer.append(line).append('\n');
            }
        } catch (IOException e) {
            Files.deleteIfExists(made); // of a full disk it would take what is left
            throw e;
        }
        Files.move(made, out.resolve(SweepOutput.RUNS), StandardCopyOption.REPLACE_EXISTING);
    }
}
