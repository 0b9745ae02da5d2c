package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files of this package; run with {@code -Dgolden.update=true} to write them anew. */
final class CliGolden {
    private static final Path RESOURCES =
            Path.of(System.getProperty("thicket.root", "..")).resolve("agent/src/test/resources/io/thicket/agent");

    private CliGolden() {}

    static void assertMatches(String file, String text) {
        Path golden = RESOURCES.resolve("cli").resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, text);
            }
            assertEquals(Files.readString(golden), text, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page as an agent answers it: the golden file of its resource. */
    static byte[] page(String name) {
        try {
            return Files.readAllBytes(RESOURCES.resolve("coap").resolve(name + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
