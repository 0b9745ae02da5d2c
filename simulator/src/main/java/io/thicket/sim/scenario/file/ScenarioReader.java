package io.thicket.sim.scenario.file;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.ProposedName;
import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.TomlDocument;
import io.thicket.agent.config.TomlTree;
import io.thicket.routing.Identity;
import io.thicket.sim.kernel.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a scenario file, makes its draws, and reports everything that is wrong in it at once. */
public final class ScenarioReader {
    /** Most {@code [[traffic]]}, {@code [[fault]]} or {@code [[check]]}. */
    public static final int MAX_ENTRIES = 1_000;

    private static final String NAMELESS = "scenario";

    private static final Duration DEFAULT_DURATION = Duration.ofMinutes(10);
    private static final Duration DEFAULT_WARM_UP = Duration.ofMinutes(2);

    private record Head(
            String name,
            String description,
            Seeds seeds,
            long durationMs,
            long warmUpMs,
            long powerUpMs,
            Optional<Boolean> invariants) {}

    private ScenarioReader() {}

    /** The scenario in {@code file}; whatever prevents its use is in the exception. */
    public static Scenario read(Path file, Overrides overrides) throws ConfigException {
        String text = text(file);
        return read(text, TomlDocument.parse(text, file.toString(), directoryOf(file)), nameOf(file), overrides);
    }

    /**
     * The scenario in {@code file} with other values of some keys. What is wrong with the file itself is told with its place, else
     * what is wrong with the values.
     */
    public static Scenario read(Path file, List<Setting> settings, Overrides overrides) throws ConfigException {
        if (settings.isEmpty()) {
            return read(file, overrides);
        }
        String words =
                String.join(", ", settings.stream().map(Setting::toString).toList());
        try {
            return readMade(textWith(file, settings), file + " with " + words, file, overrides);
        } catch (ConfigException e) {
            throw new ConfigException(placed(e.problems(), file, overrides));
        }
    }

    /** What is wrong with the file, too, has a place there, which is told; what the values repair is not told, nor hides what they break. */
    private static List<ConfigProblem> placed(List<ConfigProblem> made, Path file, Overrides overrides) {
        List<ConfigProblem> own = List.of();
        try {
            read(file, overrides);
        } catch (ConfigException e) {
            own = e.problems();
        }
        Set<String> still = made.stream().map(ConfigProblem::message).collect(Collectors.toSet());
        List<ConfigProblem> told = new ArrayList<>(own); // each, though two may have the same words
        told.removeIf(its -> !still.contains(its.message()));
        Set<String> placed = told.stream().map(ConfigProblem::message).collect(Collectors.toSet());
        made.stream().filter(its -> !placed.contains(its.message())).forEach(told::add);
        return told;
    }

    /** The text of {@code file} with other values of some keys; an {@link IllegalArgumentException} if one has no place there. */
    public static String textWith(Path file, List<Setting> settings) throws ConfigException {
        return textWith(text(file), file.toString(), settings);
    }

    /** {@code text} with other values of some keys; {@code name} is what problems call it. */
    public static String textWith(String text, String name, List<Setting> settings) throws ConfigException {
        return settings.isEmpty() ? text : Setting.apply(settings, TomlTree.parse(text, name));
    }

    /** The text of a scenario file. */
    public static String text(Path file) throws ConfigException {
        return TomlDocument.text(file, Scenario.MAX_BYTES);
    }

    /** A text that was made from {@code file}: that is where its relative paths count from and what names it. */
    public static Scenario readMade(String text, String name, Path file, Overrides overrides) throws ConfigException {
        return read(text, TomlDocument.parseMade(text, name, directoryOf(file)), nameOf(file), overrides);
    }

    /** What {@code [sweep]} says; of a file without one, no values and the usual seeds. */
    public static SweepPlan sweep(Path file) throws ConfigException {
        TomlDocument document = TomlDocument.read(file, Scenario.MAX_BYTES);
        SweepPlan plan = document.section("sweep", SweepSection::read);
        document.throwIfAny();
        return plan;
    }

    /** Reads {@code text}; {@code name} is what problems call it, relative paths count from {@code directory}. */
    public static Scenario parse(String text, String name, Path directory, Overrides overrides) throws ConfigException {
        return read(text, TomlDocument.parse(text, name, directory), NAMELESS, overrides);
    }

    private static Scenario read(String text, TomlDocument document, String usualName, Overrides overrides)
            throws ConfigException {
        Head head = document.section("scenario", reader -> head(reader, usualName, overrides));
        RadioPlan radio = document.section("radio", RadioSection::read);
        RoutingPlan routing =
                document.section("routing", reader -> RoutingSection.read(reader, overrides.protocol(), radio));
        NodePlan still = document.section("nodes", reader -> NodeSection.read(reader, radio, head.seeds(), overrides));
        NodePlan nodes = document.section(
                "mobility",
                reader -> document.has("mobility")
                        ? MobilitySection.read(reader, still, head.seeds(), head.durationMs())
                        : still);
        EnergySection energy = new EnergySection(nodes);
        SensorSection sensors = new SensorSection(nodes, routing, head.durationMs());
        TrafficSection traffic = new TrafficSection(nodes, head.seeds(), head.durationMs());
        List<SensorPlan> measured = document.entries("sensor", MAX_ENTRIES, sensors::read);
        List<TrafficPlan> planned = document.entries("traffic", MAX_ENTRIES, traffic::read);
        document.section("radio", reader -> DutyCredit.check(reader, radio, planned, head.durationMs()));
        FaultSection faults = new FaultSection(nodes, routing, sensors, traffic, head.seeds(), head.durationMs());
        List<FaultPlan> wrong = new ArrayList<>(document.entries("fault", MAX_ENTRIES, faults::read));
        wrong.addAll(faults.repeated());
        List<CheckPlan> checks = document.entries("check", MAX_ENTRIES, CheckSection::read);
        document.section("sweep", SweepSection::read);
        WorldPlan world = new WorldPlan(
                document.entries("energy", MAX_ENTRIES, energy::read),
                measured,
                document.section("broker", BrokerSection::read),
                bridge(document, new BridgeSection(nodes, head.name())));
        document.finish();
        return new Scenario(
                head.name(),
                head.description(),
                head.seeds().root(),
                head.durationMs(),
                head.warmUpMs(),
                head.powerUpMs(),
                head.invariants().orElse(nodes.count() <= Scenario.JUDGED_NODES),
                nodes,
                radio,
                routing,
                world,
                planned,
                wrong,
                checks,
                document.warnings(),
                document.files(),
                InputHashes.together(Scenario.inputs(document.files(), world)),
                ScenarioHash.of(text, usualName));
    }

    private static BridgePlan bridge(TomlDocument document, BridgeSection section) {
        return document.section("bridge", section::read)
                .with(
                        document.entries("bridge_link", BridgePlan.MAX_ENTRIES, section::link),
                        document.entries("bridge_bus", BridgePlan.MAX_ENTRIES, section::bus),
                        document.entries("bridge_sensor", BridgePlan.MAX_ENTRIES, section::device));
    }

    private static Head head(SectionReader reader, String usualName, Overrides overrides) {
        String name = reader.requireName("name", reader.text("name").orElseGet(() -> usualName(reader, usualName)));
        String description = reader.text("description").orElse("");
        long seed = overrides.seed().orElse(seed(reader));
        Duration longest = Duration.ofMillis(Scenario.MAX_DURATION_MS);
        Duration duration = reader.duration("duration", DEFAULT_DURATION, Duration.ofSeconds(1), longest);
        Duration usualWarmUp =
                duration.compareTo(DEFAULT_WARM_UP.multipliedBy(2)) < 0 ? Duration.ZERO : DEFAULT_WARM_UP;
        Duration warmUp = reader.duration("warm_up", usualWarmUp, Duration.ZERO, longest);
        if (warmUp.compareTo(duration) >= 0) {
            reader.error("warm_up", "warm_up is not shorter than the duration", "");
        }
        long durationMs = Math.min(duration.toMillis(), overrides.untilMs().orElse(Long.MAX_VALUE));
        // A run that is cut short on the command line still has something to count.
        long warmUpMs = Math.min(warmUp.toMillis(), durationMs / 2);
        long powerUpMs = reader.duration("power_up", Duration.ofSeconds(1), Duration.ZERO, duration)
                .toMillis();
        Optional<Boolean> invariants =
                reader.has("invariants") ? Optional.of(reader.flag("invariants", true)) : Optional.empty();
        return new Head(name, description, new Seeds(seed), durationMs, warmUpMs, powerUpMs, invariants);
    }

    private static String usualName(SectionReader reader, String fileName) {
        if (Identity.isValidName(fileName)) {
            return fileName;
        }
        reader.warning(
                "name",
                "has no name, and the file's is not 1 to 32 of a-z, 0-9, _ and -: it is called '" + NAMELESS + "'",
                "write name = \"" + ProposedName.of(fileName) + "\"");
        return NAMELESS;
    }

    private static long seed(SectionReader reader) {
        Object value = reader.value("seed").orElse(1L);
        if (value instanceof Long number) {
            return number;
        }
        try {
            return Seeds.parse(String.valueOf(value)).root();
        } catch (IllegalArgumentException e) {
            reader.error("seed", "seed: " + e.getMessage(), "write seed = 1, or seed = \"0x5eed\"");
            return 1;
        }
    }

    private static Path directoryOf(Path file) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        return directory == null ? Path.of("/") : directory;
    }

    private static String nameOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        return name.endsWith(".toml") ? name.substring(0, name.length() - ".toml".length()) : name;
    }
}
