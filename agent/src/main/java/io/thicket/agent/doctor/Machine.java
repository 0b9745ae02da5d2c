package io.thicket.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the kernel tells about itself.
 *
 * @param proc {@code /proc}
 * @param sys {@code /sys}
 * @param dev {@code /dev}
 */
public record Machine(Path proc, Path sys, Path dev) {
    public static final Machine LINUX = new Machine(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    /** The file's text without white space around it, empty if it cannot be read. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
