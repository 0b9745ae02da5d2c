package io.thicket.routing.engine;

import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One frame until its result; used again for another one afterwards. */
final class Exchange {
    int id;
    long order;
    final List<Held> held = new ArrayList<>(4);

    @Nullable
    MeshMessage control;

    @Nullable
    Confirmable confirmable;

    long firstSentMs;
    long lastSentMs;
    int sends;

    /** Of its frame, as it was sent last. */
    int bytes;

    /** There was no airtime for its next transmission: its deadline is when there will be. */
    boolean waiting;

    /** A repetition had to wait for airtime: how long its answer took says nothing about the round trip. */
    boolean heldUp;

    long rtoMs;
    long deadlineMs;

    /** Its place among the timers, -1 if it has none. */
    int timerAt = -1;

    @Nullable
    Neighbor to;

    boolean isProbe() {
        return control instanceof Probe;
    }

    /** Whether it asks for more than whether somebody is there. */
    boolean isPadded() {
        return control instanceof Probe probe && probe.padding() > 0;
    }

    Neighbor hop() {
        Neighbor hop = to;
        if (hop == null) {
            throw new AssertionError("an exchange that is over");
        }
        return hop;
    }
}
