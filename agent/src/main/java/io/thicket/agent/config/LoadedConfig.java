package io.thicket.agent.config;

import io.thicket.drivers.DeviceDriver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration file that was read without errors: the node's part, the sections of other modules, and warnings. */
public final class LoadedConfig {
    private final NodeConfig node;
    private final DriversSection own;
    private final Map<String, Part<?>> parts;
    private final List<ConfigProblem> warnings;

    LoadedConfig(NodeConfig node, DriversSection own, List<Part<?>> parts, List<ConfigProblem> warnings) {
        this.node = node;
        this.own = own;
        this.parts = new LinkedHashMap<>();
        parts.forEach(part -> this.parts.put(part.section.name(), part));
        this.warnings = List.copyOf(warnings);
    }

    public NodeConfig node() {
        return node;
    }

    /** The drivers of the owner's own specification files. */
    public List<DeviceDriver> ownDrivers() {
        return own.drivers();
    }

    /** Where they lie, null if there are none. */
    @Nullable
    Path driverDirectory() {
        return own.directory();
    }

    /** What {@code section} became, empty if the file does not have it. */
    @SuppressWarnings("unchecked") // The part was made by this very section.
    public <T> Optional<T> section(ConfigSection<T> section) {
        Part<?> part = parts.get(section.name());
        return part != null && part.section.equals(section) ? Optional.of((T) part.value) : Optional.empty();
    }

    /** What deserves a look but works, in the order of the file. */
    public List<ConfigProblem> warnings() {
        return warnings;
    }

    void writeParts(SectionWriter writer) {
        parts.values().forEach(part -> part.write(writer));
    }

    /** A section with its value. */
    static final class Part<T> {
        private final ConfigSection<T> section;
        private final T value;

        Part(ConfigSection<T> section, T value) {
            this.section = section;
            this.value = value;
        }

        private void write(SectionWriter writer) {
            writer.title("[" + section.name() + "]");
            section.write(value, writer);
        }
    }
}
