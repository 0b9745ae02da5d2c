package io.thicket.agent.store;

import io.thicket.agent.port.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory with one file for each value. A value is replaced by a rename, so that a power cut leaves the old one or the new
 * one. One process at a time has the directory: two with one identity and one epoch would be two nodes under one name.
 *
 * <p>The message of each {@link IOException} is a sentence for the user.
 */
public final class FileStore implements Store, AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Neither is a valid name of a value. */
    private static final String LOCK = ".lock";

    private static final String TEMPORARY_SUFFIX = "~";

    private final Path directory;
    private final FileChannel lock;

    private FileStore(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes the directory, which is made (mode 0700) if it does not exist, until {@link #close()} or the process ends. */
    public static FileStore open(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, DIRECTORY_MODE);
            FileChannel channel = FileChannel.open(
                    directory.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE_MODE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new IOException("another thicket is running with the data directory " + directory);
            }
            return new FileStore(directory, channel);
        } catch (NoSuchFileException e) {
            throw new IOException(directory + " cannot be made: set data_dir in [node]", e);
        } catch (FileSystemException e) {
            throw new IOException(sentence(directory, e), e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        StoreRules.requireName(name);
        Path file = directory.resolve(name);
        try {
            if (Files.size(file) > StoreRules.MAX_VALUE_BYTES) {
                throw new IOException(file + " has more than " + StoreRules.MAX_VALUE_BYTES + " bytes: it is damaged");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw new IOException(sentence(file, e), e);
        }
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        StoreRules.requireName(name);
        StoreRules.requireValue(name, value);
        Path temporary = directory.resolve(name + TEMPORARY_SUFFIX);
        try {
            // A power cut may have left one; its mode could be anything.
            Files.deleteIfExists(temporary);
            writeNew(temporary, value);
            Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            // The rename itself is durable only when the directory is.
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new IOException(sentence(directory, e), e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static void writeNew(Path file, byte[] value) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE)) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** What went wrong, with its cure. */
    static String sentence(Path path, IOException e) {
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
        if (e instanceof AccessDeniedException) {
            return "this user may not read and write " + path + ": give it to the user, or set data_dir in [node]";
        }
        if (e instanceof FileAlreadyExistsException || reason.contains("Not a directory")) {
            return path + " is not a directory: set data_dir in [node]";
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return path + " has vanished: is the disk still mounted?";
        }
        if (reason.contains("No space left") || reason.contains("quota")) {
            return "the disk of " + path + " is full: free some space";
        }
        if (reason.contains("Read-only")) {
            return "the disk of " + path + " is read-only: mount it for writing, or set data_dir in [node]";
        }
        return path + " cannot be used: " + reason;
    }
}
