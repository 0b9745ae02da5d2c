package io.thicket.sim.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a file of runs, which one process has at a time, from before it reads what is there until it has ended. The lock is on
 * a file beside it, since the file itself is replaced when a sweep grows. That one stays: whoever deleted it would leave two
 * processes with a lock on two files of one name.
 */
final class SweepLock implements AutoCloseable {
    private final FileChannel channel;

    private SweepLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Of the file {@code runs}, in a directory that is there; refused if somebody has it. */
    static SweepLock of(Path runs) throws IOException, SweepException {
        FileChannel channel = FileChannel.open(
                runs.resolveSibling(runs.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return new SweepLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new SweepInUseException(runs.getFileName()
                + ": another process writes to it; wait until it has ended, or name another directory with --out");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
