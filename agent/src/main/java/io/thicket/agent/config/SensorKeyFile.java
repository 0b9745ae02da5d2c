package io.thicket.agent.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a device that encrypts, in a file of its own that only its owner may read.
 *
 * @param file where it is
 * @param key its first line, what the driver gets as option {@code key}
 */
public record SensorKeyFile(Path file, String key) {
    /** The driver's option that the file is for. */
    static final String OPTION = "key";

    /** Reads {@code key_file}; empty if the key is not there or the file is not fit to be used, which is then a problem. */
    static Optional<SensorKeyFile> read(SectionReader reader, Map<String, String> options) {
        if (options.containsKey(OPTION)) {
            reader.error(
                    "options",
                    "a key never stands in this file, which is shown and copied",
                    "write it into a file of its own (mode 0600) and key_file = \"FILE\"");
            return Optional.empty();
        }
        Path file = reader.path("key_file").orElse(null);
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SensorKeyFile(file, new String(SecretFile.read(file), StandardCharsets.ISO_8859_1)));
        } catch (SecretFile.UnfitException e) {
            reader.error("key_file", e.getMessage(), e.cure());
            return Optional.empty();
        }
    }

    /** The options with the key among them, if there is one. */
    static Map<String, String> with(@Nullable SensorKeyFile keyFile, Map<String, String> options) {
        if (keyFile == null) {
            return options;
        }
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put(OPTION, keyFile.key());
        return all;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SensorKeyFile[" + file + "]";
    }
}
