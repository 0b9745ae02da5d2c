package io.thicket.sim.scenario.file;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.TomlTree;
import io.thicket.sim.trace.TraceHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a scenario's text means, as one number: SHA-256, in hexadecimal, of its keys and values as {@link TomlTree} writes them. Comments and
 * blanks do not count, nor does {@code [sweep]}, which says how many runs there are and not what they are. What is in files that it
 * imports is not covered, see {@link InputHashes}.
 */
public final class ScenarioHash {
    private ScenarioHash() {}

    /** Of {@code text}; {@code name} is what problems call it. */
    public static String of(String text, String name) throws ConfigException {
        Map<String, Object> tree = TomlTree.parse(text, name);
        tree.remove("sweep");
        TraceHash hash = new TraceHash();
        hash.update(TomlTree.text(tree).getBytes(StandardCharsets.UTF_8));
        return hash.value();
    }
}
