package io.thicket.agent.config;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.catalogue.OwnDrivers;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecProblem;
import io.thicket.drivers.spec.SpecReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code [drivers]}: the directory with specification files of the owner's own devices.
 *
 * @param directory null if there is none
 * @param drivers what its files describe, in the order of their names
 */
record DriversSection(@Nullable Path directory, List<DeviceDriver> drivers) {
    static final DriversSection NONE = new DriversSection(null, List.of());

    /** Most files of the directory. */
    private static final int MAX_FILES = 256;

    /** A file is UTF-8, so it has at most this many bytes for the characters that are allowed. */
    private static final long MAX_BYTES = 4L * SpecReader.MAX_LENGTH;

    DriversSection {
        drivers = List.copyOf(drivers);
    }

    /** Reads the section and the files; what is wrong in a file is a problem of that file. */
    static DriversSection read(SectionReader reader, DriverLookup builtIn, ProblemCollector problems) {
        Path directory = reader.path("directory").orElse(null);
        if (directory == null) {
            if (!reader.has("directory")) {
                reader.missing("directory", "\"drivers\"");
            }
            return NONE;
        }
        List<Path> files;
        try {
            files = specifications(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            reader.error("directory", "there is no directory " + directory, "make it, or delete the section");
            return NONE;
        } catch (IOException e) {
            reader.error("directory", directory + " cannot be read: " + e.getMessage(), "");
            return NONE;
        }
        if (files.size() > MAX_FILES) {
            reader.error("directory", directory + " has more than " + MAX_FILES + " files", "");
            return NONE;
        }
        Map<String, String> known = new TreeMap<>();
        for (DriverDescriptor driver : builtIn.drivers()) {
            known.put(driver.id(), "");
        }
        List<DeviceDriver> drivers = new ArrayList<>();
        for (Path file : files) {
            for (DeviceDriver driver : read(file, problems)) {
                String id = driver.descriptor().id();
                String other = known.putIfAbsent(id, file.toString());
                if (other == null) {
                    drivers.add(driver);
                } else {
                    String where = other.isEmpty() ? "is a driver of Thicket's own" : "is described in " + other;
                    problems.add(new ConfigProblem(
                            file.toString(), 0, 0, "the id '" + id + "' " + where, "choose another, e.g. my." + id));
                }
            }
        }
        return new DriversSection(directory, drivers);
    }

    private static List<DeviceDriver> read(Path file, ProblemCollector problems) {
        String name = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(new ConfigProblem(name, 0, 0, "the file has more than " + MAX_BYTES + " bytes", ""));
                return List.of();
            }
            String toml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return OwnDrivers.read(toml);
        } catch (SpecException e) {
            for (SpecProblem problem : e.problems()) {
                problems.add(
                        new ConfigProblem(name, problem.line(), problem.column(), problem.message(), problem.hint()));
            }
        } catch (CharacterCodingException e) {
            problems.add(new ConfigProblem(name, 0, 0, "the file is not UTF-8 text", ""));
        } catch (IOException e) {
            problems.add(new ConfigProblem(name, 0, 0, "the file cannot be read: " + e.getMessage(), ""));
        }
        return List.of();
    }

    /** The {@code .toml} files of a directory, by name. */
    private static List<Path> specifications(Path directory) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*.toml")) {
            for (Path file : stream) {
                files.add(file);
            }
        }
        return List.copyOf(files);
    }
}
