package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files of this package; run with {@code -Dgolden.update=true} to write them anew. */
final class Golden {
    private static final Path FOLDER =
            Path.of(System.getProperty("thicket.root", "..")).resolve("agent/src/test/resources/io/thicket/agent/coap");

    private Golden() {}

    static void assertMatches(String file, String text) {
        Path golden = FOLDER.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(golden, text.stripTrailing() + "\n");
            }
            assertEquals(Files.readString(golden).stripTrailing(), text.stripTrailing(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One member per line, so that a change is a readable difference. */
    static String pretty(String json) {
        return json.replace("{", "{\n").replace("}", "\n}").replace(",\"", ",\n\"");
    }
}
