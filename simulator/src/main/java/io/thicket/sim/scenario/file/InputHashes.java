package io.thicket.sim.scenario.file;

import io.thicket.sim.trace.TraceHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is in the files that a scenario reads, as SHA-256 in hexadecimal: {@link ScenarioHash} has their names only. What is no regular
 * file, such as a pipe, can be read once only, and has none.
 */
public final class InputHashes {
    private InputHashes() {}

    /** Of all {@code files} together, in this order and whatever they are called; empty if there are none. */
    static String together(Collection<Path> files) {
        Collection<String> each = of(files).values();
        return each.isEmpty() ? "" : hash(String.join("\n", each).getBytes(StandardCharsets.UTF_8));
    }

    /** Of each of {@code files}, by its name as {@code scenario} leads to it: on another machine they lie elsewhere together. */
    public static Map<String, String> byName(Path scenario, Collection<Path> files) {
        Path from = scenario.toAbsolutePath().normalize().resolveSibling("");
        Map<String, String> hashes = new LinkedHashMap<>();
        of(files)
                .forEach((file, hash) -> hashes.put(
                        from.relativize(file.toAbsolutePath().normalize())
                                .toString()
                                .replace('\\', '/'),
                        hash));
        return hashes;
    }

    private static Map<Path, String> of(Collection<Path> files) {
        Map<Path, String> hashes = new LinkedHashMap<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                try {
                    hashes.put(file, hash(Files.readAllBytes(file)));
                } catch (IOException e) {
                    // Whoever reads it as a network finds out, and says so.
                }
            }
        }
        return hashes;
    }

    private static String hash(byte[] content) {
        TraceHash hash = new TraceHash();
        hash.update(content);
        return hash.value();
    }
}
