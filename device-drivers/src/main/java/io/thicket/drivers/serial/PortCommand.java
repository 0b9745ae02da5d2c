package io.thicket.drivers.serial;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Bytes to write, with a deadline. Touched by the port's thread only, but for {@link #done}. */
final class PortCommand {
    final byte[] bytes;
    final long deadlineNanos;
    final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    int written;

    PortCommand(byte[] bytes, long deadlineNanos) {
        this.bytes = bytes.clone();
        this.deadlineNanos = deadlineNanos;
    }
}
