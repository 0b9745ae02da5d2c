package io.thicket.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.tinylog.Logger;

/** A private file (mode 0600) that only grows. What was written is with the operating system when {@link #write} returns. */
public final class RecordFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private RecordFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the file; one that is there already is removed first, so that nobody who has it open reads on.
     *
     * @throws IOException with a sentence for the user
     */
    public static RecordFile create(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new RecordFile(path, channel);
        } catch (FileSystemException e) {
            String reason = e.getReason();
            throw new IOException(
                    "cannot record into " + path + ": "
                            + (reason == null ? e.getClass().getSimpleName() : reason),
                    e);
        }
    }

    /** Writes all of {@code bytes}; false, and a line in the log, if that fails. */
    public boolean write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (IOException e) {
            Logger.warn("recording ends, {} cannot be written: {}", path, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            Logger.warn("{} was not closed in order: {}", path, e.getMessage());
        }
    }
}
