package io.thicket.routing.engine;

import io.thicket.routing.wire.Hello;
import org.jspecify.annotations.Nullable;

/** The {@link HeardList} of the HELLO that was read last: routers of one process that read the same HELLO all hold the same array. */
final class LatestHeard {
    private @Nullable Hello latest;
    private int[] its = HeardList.NONE;

    /** As {@link HeardList#updated}. */
    @SuppressWarnings(
            "ReferenceEquality") // Of another HELLO that says the same a list of its own is made, which is harmless.
    int[] updated(int[] list, Hello hello) {
        if (latest == hello) {
            return its;
        }
        int[] updated = HeardList.updated(list, hello);
        if (hello.isHeardListComplete()) {
            latest = hello;
            its = updated;
        }
        return updated;
    }
}
