package io.thicket.agent.cli;

import io.thicket.agent.config.DidYouMean;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.OwnDrivers;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where commands get a driver from: the catalogue, or a specification file. */
final class DriverSource {
    private static final String SUFFIX = ".toml";

    private DriverSource() {}

    /** The driver of that id, or the first of a specification file if {@code id} ends in {@code .toml}. */
    static DeviceDriver find(String id) throws Failure {
        if (!id.endsWith(SUFFIX)) {
            return DriverCatalogue.find(id).orElseThrow(() -> new Failure(ExitCode.USAGE, unknown(id)));
        }
        try {
            return OwnDrivers.read(text(Path.of(id))).get(0);
        } catch (SpecException e) {
            throw new Failure(
                    ExitCode.CONFIG,
                    e.problems().stream()
                            .map(problem -> id + (problem.line() == 0 ? ": " : ":") + problem)
                            .collect(Collectors.joining("\n")));
        }
    }

    /** The text of a specification file. */
    static String text(Path file) throws Failure {
        try {
            if (Files.size(file) > 4L * SpecReader.MAX_LENGTH) {
                throw new Failure(ExitCode.BAD_DATA, file + " is too long for a specification");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.NO_INPUT, "there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new Failure(ExitCode.BAD_DATA, file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new Failure(ExitCode.NO_INPUT, file + " cannot be read: " + FileTrouble.why(e));
        }
    }

    private static String unknown(String id) {
        List<String> ids = DriverCatalogue.all().stream()
                .map(driver -> driver.descriptor().id())
                .toList();
        String hint = DidYouMean.hint(id, ids);
        return "there is no driver '" + id + "'; " + (hint.isEmpty() ? "" : hint + " ")
                + "'thicket driver list' shows all";
    }
}
