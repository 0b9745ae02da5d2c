package io.thicket.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Any TOML file of ours that is no node's configuration, read the same way: section by section, every problem with its line and
 * column, all of them at once.
 */
public final class TomlDocument {
    private static final TomlTable EMPTY = Toml.parse("");

    private final TomlParseResult toml;
    private final boolean broken;
    private final Path directory;
    private final List<Path> files = new ArrayList<>();
    private final ProblemCollector problems;
    private final TreeSet<String> known = new TreeSet<>();

    private TomlDocument(String text, Path directory, ProblemCollector problems) {
        this.toml = TomlText.parse(text, problems);
        this.broken = problems.errorCount() > 0;
        this.directory = directory;
        this.problems = problems;
    }

    /** The document in {@code file}, which has at most {@code maxBytes}. */
    public static TomlDocument read(Path file, int maxBytes) throws ConfigException {
        ProblemCollector problems = new ProblemCollector(file.toString());
        String text = content(file, maxBytes, problems);
        Path directory = file.toAbsolutePath().normalize().getParent();
        return new TomlDocument(text, directory == null ? Path.of("/") : directory, problems);
    }

    /** The document {@code text}; {@code name} is what problems call it, relative paths count from {@code directory}. */
    public static TomlDocument parse(String text, String name, Path directory) {
        return new TomlDocument(text, directory, new ProblemCollector(name));
    }

    /**
     * The document {@code text}, which was made and which nobody wrote: problems have no line in it. {@code name} and {@code
     * directory} are as in {@link #parse}.
     */
    public static TomlDocument parseMade(String text, String name, Path directory) {
        return new TomlDocument(text, directory, ProblemCollector.withoutPlaces(name));
    }

    /** The text in {@code file}, which is UTF-8 and has at most {@code maxBytes}. */
    public static String text(Path file, int maxBytes) throws ConfigException {
        return content(file, maxBytes, new ProblemCollector(file.toString()));
    }

    private static String content(Path file, int maxBytes, ProblemCollector problems) throws ConfigException {
        try {
            long size = Files.size(file);
            if (size > maxBytes) {
                problems.error(null, "the file has " + size + " bytes where " + maxBytes + " are allowed", "");
                throw problems.exception();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            problems.error(null, "there is no such file", "");
        } catch (CharacterCodingException e) {
            problems.error(null, "the file is not UTF-8 text", "");
        } catch (IOException e) {
            problems.error(null, "the file cannot be read: " + e.getMessage(), "");
        }
        throw problems.exception();
    }

    /** Whether the file has the section. */
    public boolean has(String name) {
        return toml.contains(List.of(name));
    }

    /** The section {@code [name]}, as {@code read} makes it of its keys; one that is not there has none. */
    public <T> T section(String name, Function<SectionReader, T> read) {
        known.add(name);
        Object value = toml.get(List.of(name));
        TomlPosition place = value == null ? null : toml.inputPositionOf(List.of(name));
        if (value != null && !(value instanceof TomlTable)) {
            problems.error(place, "'" + name + "' is no section", "write [" + name + "]");
        }
        TomlTable table = value instanceof TomlTable its ? its : EMPTY;
        boolean silent = broken || value != null && table == EMPTY;
        return readSection(table, "[" + name + "]", place, silent, read);
    }

    /** The entries of {@code [[name]]} that had no problem, of at most {@code max}. */
    public <T> List<T> entries(String name, int max, Function<SectionReader, Optional<T>> read) {
        known.add(name);
        Object value = toml.get(List.of(name));
        List<T> entries = new ArrayList<>();
        if (value == null) {
            return entries;
        }
        TomlPosition place = toml.inputPositionOf(List.of(name));
        if (!(value instanceof TomlArray array) || !array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            problems.error(place, "[" + name + "] needs double brackets", "write [[" + name + "]], once for each");
            return entries;
        }
        if (array.size() > max) {
            problems.error(place, "more than " + max + " [[" + name + "]]", "");
            return entries;
        }
        for (int i = 0; i < array.size(); i++) {
            int before = problems.errorCount();
            Optional<T> entry =
                    readSection(array.getTable(i), "[[" + name + "]]", array.inputPositionOf(i), broken, read);
            if (problems.errorCount() == before) {
                entry.ifPresent(entries::add);
            }
        }
        return entries;
    }

    private <T> T readSection(
            TomlTable table,
            String title,
            @Nullable TomlPosition place,
            boolean silent,
            Function<SectionReader, T> read) {
        SectionReader reader = new SectionReader(table, title, place, directory, problems, silent, files::add);
        T value = read.apply(reader);
        reader.refuseUnknownKeys();
        return value;
    }

    /** Notes a problem of the file as a whole. */
    public void error(String message, String hint) {
        problems.error(null, message, hint);
    }

    /** Whether there is a problem so far. */
    public boolean hasProblems() {
        return problems.errorCount() > 0;
    }

    /** The paths that the sections read so far name, each as often as it was asked for. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** What deserves a look but works, so far. */
    public List<ConfigProblem> warnings() {
        return problems.warnings();
    }

    /** Throws if there was any problem so far; sections that nobody asked for are none. */
    public void throwIfAny() throws ConfigException {
        problems.throwIfAny();
    }

    /** Refuses sections that nobody asked for, then throws if there was any problem. */
    public void finish() throws ConfigException {
        for (String name : toml.keySet()) {
            if (!known.contains(name)) {
                Object value = toml.get(List.of(name));
                boolean section = value instanceof TomlTable || value instanceof TomlArray;
                String near = DidYouMean.hint(name, known);
                problems.error(
                        toml.inputPositionOf(List.of(name)),
                        section
                                ? "there is no section [" + name + "]"
                                : "the key '" + name + "' stands before the first section",
                        near.isEmpty() ? "sections are " + String.join(", ", known) : near);
            }
        }
        problems.throwIfAny();
    }
}
