package io.thicket.drivers.serial;

import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock file of a port, {@code /run/lock/LCK..ttyUSB0}: the kernel's exclusive mode does not bind root. It is locked for
 * as long as this process lives, and holds the process number for programs of the old school (minicom, gpsd).
 */
final class PortLock {
    private static final int MAX_CONTENT = 64;
    private static final String GROUP = "Tgid:";

    private final Path file;
    private final FileChannel channel;

    private PortLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock. Returns null if the directory cannot be written: a missing lock is no reason not to measure.
     *
     * @throws PortException {@link Problem#BUSY} if another live process, or another port of this one, has it
     */
    static @Nullable PortLock take(Path directory, String node) throws PortException {
        Path file = directory.resolve("LCK.." + lockName(node));
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
        PortLock lock = new PortLock(file, channel);
        try {
            lock.claim(node);
            return lock;
        } catch (IOException e) {
            lock.closeChannel();
            return null;
        } catch (PortException e) {
            lock.closeChannel();
            throw e;
        }
    }

    /** Gives the lock back and removes the file. */
    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The file stays with a number of a process that ends; the next one takes it over.
        }
        closeChannel();
    }

    private void claim(String node) throws IOException, PortException {
        FileLock locked;
        try {
            locked = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new PortException(
                    Problem.BUSY, node + " is used by another sensor of this agent; give each its own port");
        }
        ByteBuffer content = ByteBuffer.allocate(MAX_CONTENT);
        channel.read(content, 0);
        long owner = processNumber(new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII));
        long self = ProcessHandle.current().pid();
        boolean ownerLives = owner != self && owner > 0 && isProcess(owner);
        if (locked == null || ownerLives) {
            String by = owner > 0 ? "process " + owner : "another process";
            throw new PortException(
                    Problem.BUSY,
                    node + " is used by " + by + " (lock file " + file + "); end it, or remove a stale file");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(String.format("%10d\n", self).getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Threads have numbers, too, and these look alive like any process's: such a number is left of a process that was killed. */
    private static boolean isProcess(long number) {
        if (ProcessHandle.of(number).isEmpty()) {
            return false;
        }
        try {
            // proc_pid_status(5): the number of the process that a thread belongs to.
            return Files.readAllLines(Path.of("/proc", Long.toString(number), "status")).stream()
                    .filter(line -> line.startsWith(GROUP))
                    .allMatch(line -> line.substring(GROUP.length()).strip().equals(Long.toString(number)));
        } catch (IOException e) {
            return true; // no Linux, or it may not be looked at
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: the lock ends with the process at the latest.
        }
    }

    private static long processNumber(String content) {
        String digits = content.strip();
        return digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : 0;
    }

    private static String lockName(String node) {
        String relative = node.startsWith("/dev/") ? node.substring("/dev/".length()) : node.substring(1);
        return relative.replace('/', '_');
    }
}
