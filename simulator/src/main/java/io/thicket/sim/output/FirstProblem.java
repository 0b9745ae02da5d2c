package io.thicket.sim.output;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a disk that gets full from ending a run: the first write that fails is remembered, and is the last one that is tried, since what
 * comes after a gap could not be read.
 */
public final class FirstProblem {
    private @Nullable IOException first;
    private Consumer<IOException> listener = problem -> {};

    /** Something that goes to the disk. */
    public interface Write {
        /** An exception says that it is not there, or not all of it. */
        void run() throws IOException;
    }

    /** Asks to be told of it, once: when a write fails, or now if one has failed already. Not of what fails in {@link #close}, which throws. */
    public void tell(Consumer<IOException> newListener) {
        listener = newListener;
        get().ifPresent(newListener);
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
            listener.accept(e);
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
