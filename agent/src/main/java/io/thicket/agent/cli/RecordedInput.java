package io.thicket.agent.cli;

import io.thicket.drivers.capture.Capture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a device said, from a file: a recording with times, or its raw bytes.
 *
 * @param capture null if the file holds raw bytes
 */
record RecordedInput(@Nullable Capture capture, Raw raw) {
    /** Longest file in bytes. */
    private static final int MAX_BYTES = 256 << 20;

    /** The bytes of the file. */
    static final class Raw {
        final byte[] bytes;

        Raw(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** Takes bytes of the device with their time. */
    interface Sink {
        void bytes(long atMicros, byte[] bytes);
    }

    /** {@code -} is standard input. */
    static RecordedInput read(String file) throws Failure {
        byte[] bytes;
        String tooLong = file + " has more than " + (MAX_BYTES >> 20) + " MiB: cut it, e.g. with head -c";
        try (InputStream in = "-".equals(file) ? System.in : Files.newInputStream(Path.of(file))) {
            // Before it fills the memory.
            if (!"-".equals(file) && Files.size(Path.of(file)) > MAX_BYTES) {
                throw new Failure(ExitCode.BAD_DATA, tooLong);
            }
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.NO_INPUT, "there is no file " + file);
        } catch (IOException e) {
            throw new Failure(ExitCode.NO_INPUT, file + " cannot be read: " + FileTrouble.why(e));
        }
        if (bytes.length > MAX_BYTES) {
            throw new Failure(ExitCode.BAD_DATA, tooLong);
        }
        if (!Capture.isOne(bytes)) {
            return new RecordedInput(null, new Raw(bytes));
        }
        try {
            return new RecordedInput(Capture.parse(new String(bytes, StandardCharsets.UTF_8)), new Raw(bytes));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.BAD_DATA, file + ": " + e.getMessage());
        }
    }

    /** All that the device said; raw bytes come at once. */
    void play(Sink sink) {
        if (capture == null) {
            sink.bytes(0, raw.bytes);
            return;
        }
        for (Capture.Piece piece : capture.pieces()) {
            if (piece.received()) {
                sink.bytes(piece.atMicros(), piece.bytes().toArray());
            }
        }
    }

    /** When it began, in seconds since 1970; 0 if that is not known. */
    double startedSeconds() {
        String started = capture == null ? "" : capture.head().getOrDefault(Capture.STARTED, "");
        return started.matches("[0-9]{1,11}(\\.[0-9]{1,9})?") ? Double.parseDouble(started) : 0;
    }
}
