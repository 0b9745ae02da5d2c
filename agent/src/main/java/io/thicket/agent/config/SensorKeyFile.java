package io.thicket.agent.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final long MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

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
        if (Files.isDirectory(file)) {
            reader.error("key_file", file + " is a directory", "name the file with the key");
            return Optional.empty();
        }
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                reader.error("key_file", "others than its owner can read or write " + file, "run chmod 600 " + file);
                return Optional.empty();
            }
            if (Files.size(file) <= MAX_BYTES) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                int end = text.indexOf('\n');
                String key = (end < 0 ? text : text.substring(0, end)).strip();
                if (key.isEmpty()) {
                    reader.error("key_file", "the first line of " + file + " is empty where a key should be", "");
                    return Optional.empty();
                }
                return Optional.of(new SensorKeyFile(file, key));
            }
            reader.error("key_file", file + " is no key file: it has more than " + MAX_BYTES + " bytes", "");
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read by this user" : "does not exist";
            reader.error("key_file", "the key file " + file + " " + why, "");
        }
        return Optional.empty();
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
