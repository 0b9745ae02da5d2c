package io.thicket.agent.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
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
     * Makes the file; one that is there already is removed first, so that nobody who has it open reads on. Only an empty file
     * and one that begins as records do: whoever wrote the name of another file by mistake keeps that.
     *
     * @throws IOException with a sentence for the user
     */
    public static RecordFile create(Path path, byte[] firstBytes) throws IOException {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isRecord(path, firstBytes)) {
                throw new IOException(path + " is there already and is no recording; it is left as it is");
            }
            Files.deleteIfExists(path);
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new RecordFile(path, channel);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot record into " + path + ": its directory does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot record into " + path + ": this user may not write there", e);
        } catch (FileSystemException e) {
            String reason = e.getReason();
            throw new IOException(
                    "cannot record into " + path + ": "
                            + (reason == null ? e.getClass().getSimpleName() : reason),
                    e);
        }
    }

    private static boolean isRecord(Path path, byte[] firstBytes) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] found = in.readNBytes(firstBytes.length);
            return found.length == 0 || Arrays.equals(found, firstBytes);
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
