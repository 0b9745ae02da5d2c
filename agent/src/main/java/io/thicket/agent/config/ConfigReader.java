package io.thicket.agent.config;

import io.thicket.agent.config.LoadedConfig.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a node's configuration file and reports everything that is wrong in it at once. */
public final class ConfigReader {
    /** Largest file in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Most links, and most sensors, of one node. */
    public static final int MAX_ENTRIES = 64;

    /** Sections of packages that may not be installed, with the cure. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("gateway", "needs the gateway package (run it with `thicket gateway`)");

    private final DriverLookup drivers;
    private final List<ConfigSection<?>> sections;

    /** {@code sections}: those of the modules that are there beside the agent. */
    public ConfigReader(DriverLookup drivers, List<? extends ConfigSection<?>> sections) {
        this.drivers = drivers;
        this.sections = List.copyOf(sections);
    }

    /** Reads {@code file}; whatever prevents its use is in the exception. */
    public LoadedConfig read(Path file) throws ConfigException {
        ProblemCollector problems = new ProblemCollector(file.toString());
        String text = content(file, problems);
        Path directory = file.toAbsolutePath().normalize().getParent();
        return read(text, directory == null ? Path.of("/") : directory, problems);
    }

    /** Reads {@code text}; {@code name} is what problems call it, relative paths count from {@code directory}. */
    public LoadedConfig read(String text, String name, Path directory) throws ConfigException {
        return read(text, directory, new ProblemCollector(name));
    }

    private LoadedConfig read(String text, Path directory, ProblemCollector problems) throws ConfigException {
        TomlParseResult toml = TomlText.parse(text, problems);
        NodeSections node = new NodeSections(drivers, directory, problems, problems.errorCount() > 0);
        NodeConfig config = node.read(toml);
        List<Part<?>> parts = new ArrayList<>();
        for (ConfigSection<?> section : sections) {
            TomlTable table = node.table(toml, section.name());
            if (table != null) {
                parts.add(part(section, node.section(toml, section.name(), table)));
            }
        }
        refuseUnknownSections(toml, problems);
        problems.throwIfAny();
        return new LoadedConfig(config, node.drivers(), parts, problems.warnings());
    }

    private static <T> Part<T> part(ConfigSection<T> section, SectionReader reader) {
        T value = section.read(reader);
        reader.refuseUnknownKeys();
        return new Part<>(section, value);
    }

    private void refuseUnknownSections(TomlParseResult toml, ProblemCollector problems) {
        TreeSet<String> known = new TreeSet<>(NodeSections.NAMES);
        sections.forEach(section -> known.add(section.name()));
        for (String name : toml.keySet()) {
            if (known.contains(name)) {
                continue;
            }
            String brackets = title(toml.get(List.of(name)), name);
            String elsewhere = ELSEWHERE.get(name);
            if (elsewhere != null) {
                problems.error(toml.inputPositionOf(List.of(name)), brackets + " " + elsewhere, "");
                continue;
            }
            String near = DidYouMean.hint(name, known);
            problems.error(
                    toml.inputPositionOf(List.of(name)),
                    brackets.startsWith("[")
                            ? "there is no section " + brackets
                            : "the key '" + name + "' stands before the first section",
                    near.isEmpty() ? "sections are " + String.join(", ", known) : near);
        }
    }

    private static String title(Object value, String name) {
        return value instanceof TomlTable ? "[" + name + "]" : value instanceof TomlArray ? "[[" + name + "]]" : name;
    }

    private static String content(Path file, ProblemCollector problems) throws ConfigException {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                problems.error(null, "the file has " + size + " bytes where " + MAX_BYTES + " are allowed", "");
                throw problems.exception();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            problems.error(null, "there is no such file", "docs/examples has files to start from");
        } catch (AccessDeniedException e) {
            problems.error(null, "this user may not read the file", "");
        } catch (CharacterCodingException e) {
            problems.error(null, "the file is not UTF-8 text", "");
        } catch (IOException e) {
            problems.error(null, "the file cannot be read: " + e.getMessage(), "");
        }
        throw problems.exception();
    }
}
