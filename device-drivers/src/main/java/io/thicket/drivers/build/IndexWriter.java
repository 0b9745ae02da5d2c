package io.thicket.drivers.build;

import io.thicket.drivers.catalogue.SpecIndex;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all specification files of a folder, with their examples, and writes the index beside them. A fault ends the build. */
public final class IndexWriter {
    private IndexWriter() {}

    /** The folder is the one argument. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        TreeMap<String, String> lines = new TreeMap<>();
        StringBuilder faults = new StringBuilder();
        for (Path file : specifications(folder)) {
            String name = String.valueOf(file.getFileName());
            try {
                for (Map.Entry<String, String> line : SpecIndex.lines(name, SpecReader.read(Files.readString(file)))
                        .entrySet()) {
                    if (lines.put(line.getKey(), line.getValue()) != null) {
                        faults.append("\n")
                                .append(name)
                                .append(": the id ")
                                .append(line.getKey())
                                .append(" is there twice");
                    }
                }
            } catch (SpecException e) {
                e.problems()
                        .forEach(problem ->
                                faults.append("\n").append(name).append(":").append(problem));
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("specification files:" + faults);
        }
        Files.writeString(folder.resolve("index"), String.join("\n", lines.values()) + "\n");
    }

    private static List<Path> specifications(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
        }
    }
}
