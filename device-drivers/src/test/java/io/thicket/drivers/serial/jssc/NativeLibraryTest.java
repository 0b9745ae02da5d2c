package io.thicket.drivers.serial.jssc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path directory;

    /** For a JVM of its own: a library is loaded once. */
    public static void main(String[] args) {
        System.out.println("problem: " + NativeLibrary.problem().orElse("none"));
    }

    @Test
    void the_library_loads_here() {
        assertEquals(Optional.empty(), NativeLibrary.problem());
    }

    @Test
    void a_library_that_cannot_be_loaded_is_one_sentence_with_the_cure() throws IOException {
        Files.writeString(directory.resolve("libjssc.so"), "no library");

        String output = run("-Djssc.boot.library.path=" + directory);

        assertTrue(output.contains("problem: serial ports do not work: the native library"), output);
        assertTrue(output.contains("-Djssc.boot.library.path=DIRECTORY"), output);
    }

    private static String run(String option) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeLibraryTest.class.getName())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
