package io.thicket.sim.output;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a disk that gets full from ending a run: the first write that fails is remembered, and is the last one that is tried, since what
 * comes after a gap could not be read.
 */
public final class FirstProblem {
    private @Nullable IOException first;

    /** Something that goes to the disk. */
    public interface Write {
        /** An exception says that it is not there, or not all of it. */
        void run() throws IOException;
    }

    /** Does it, unless one failed before. */
    public void attempt(Write write) {
        if (first != null) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            first = e;
        }
    }

    /** Why a write failed, empty if none did. */
    public Optional<IOException> get() {
        return Optional.ofNullable(first);
    }

    /** Closes {@code file} whatever happened to it, and throws what went wrong first, which may be the closing. */
    public void close(Closeable file) throws IOException {
        IOException before = first;
        try {
            file.close();
        } catch (IOException e) {
            throw before == null ? e : before;
        }
        if (before != null) {
            throw before;
        }
    }
}
