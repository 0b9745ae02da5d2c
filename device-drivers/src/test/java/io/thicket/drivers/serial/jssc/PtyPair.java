package io.thicket.drivers.serial.jssc;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Two pseudo terminals joined by socat: one for the code under test, one for the device. */
final class PtyPair implements AutoCloseable {
    private final Process socat;
    private final Path device;

    private PtyPair(Process socat, Path device) {
        this.socat = socat;
        this.device = device;
    }

    static void assumeUsable() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/socat")) || Files.isExecutable(Path.of("/bin/socat"));
        assumeTrue(
                there, "socat is not installed (apt-get install socat): tests with real pseudo terminals are skipped");
        assumeTrue(
                NativeLibrary.problem().isEmpty(), () -> NativeLibrary.problem().orElse(""));
    }

    /** {@code host} becomes a symbolic link to the terminal of the code under test. */
    static PtyPair open(Path host, Path device) throws IOException {
        Process socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + host, "pty,raw,echo=0,link=" + device)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("socat's terminals", () -> Files.exists(host) && Files.exists(device));
        return new PtyPair(socat, device);
    }

    void send(byte[] bytes) throws IOException {
        try (OutputStream out = new FileOutputStream(device.toFile())) {
            out.write(bytes);
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The device takes nothing more from its line, and what is written to it stays there. */
    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        try {
            int unused = new ProcessBuilder("kill", "-" + name, Long.toString(socat.pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    Path device() {
        return device;
    }

    @Override
    public void close() throws IOException {
        socat.destroy();
        try {
            if (!socat.waitFor(5, TimeUnit.SECONDS)) {
                socat.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Real terminals need real time; each wait ends with its condition. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("waited in vain for " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted");
            }
        }
    }
}
