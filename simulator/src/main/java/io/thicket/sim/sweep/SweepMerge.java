package io.thicket.sim.sweep;

import io.thicket.sim.scenario.file.SweepPlan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shards of one sweep as a whole: read first, written when all else is known to be well. */
public final class SweepMerge {
    private final Path out;
    private final SweepHeader header;
    private final Map<Integer, RunOutcome> all;
    private final SweepTable table;

    private SweepMerge(Path out, SweepHeader header, Map<Integer, RunOutcome> all) {
        this.out = out;
        this.header = header;
        this.all = all;
        this.table = new SweepTable(header, all);
    }

    /**
     * Reads the shards, and what is in {@code out} already: it is to be written over, so it must be of the same sweep, and its runs are kept.
     */
    public static SweepMerge of(List<Path> from, Path out) throws IOException, SweepException {
        String wrong = SweepOutput.problem(out);
        if (!wrong.isEmpty()) {
            throw new SweepException(out + ": " + wrong);
        }
        SweepFile.Content together = together(from);
        keep(out, together.header(), together.outcomes());
        return new SweepMerge(out, together.header(), together.outcomes());
    }

    public SweepTable table() {
        return table;
    }

    /** Writes a file of runs in their order, and the tables. */
    public void write() throws IOException {
        Files.createDirectories(out);
        writeRuns();
        SweepOutput.write(out, Shard.WHOLE, table);
    }

    /** The runs of several files, each once; refused if they are not of one sweep, or a run has two different traces. */
    static SweepFile.Content together(List<Path> from) throws IOException, SweepException {
        @Nullable SweepHeader header = null;
        @Nullable Path first = null;
        Map<Integer, RunOutcome> all = new TreeMap<>();
        for (Path path : SweepOutput.files(from)) {
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
        Path there = out.resolve(SweepOutput.RUNS);
        if (!Files.exists(there) || SweepOutput.firstLineIsTorn(there)) {
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
        List<SweepPlan.Point> points = header.plan().points();
        int seeds = header.plan().seeds().size();
        Path made = out.resolve(SweepOutput.RUNS + ".new");
        try (BufferedWriter writer = Files.newBufferedWriter(made)) {
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
        Files.move(made, out.resolve(SweepOutput.RUNS), StandardCopyOption.REPLACE_EXISTING);
    }
}
