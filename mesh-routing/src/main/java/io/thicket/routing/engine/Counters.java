package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import io.thicket.routing.table.SmallCounts;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What this router counted since its start. */
@SuppressWarnings(
        "EnumOrdinal") // The places are nobody else's, and live as long as this object: a map takes four times the
// memory.
final class Counters extends SmallCounts {
    // Counted with each frame that comes, most of which count nothing else: not in the array, which would be brought
    // from memory for them.
    private long framesReceived;
    private long bytesReceived;

    private long bytesSent;

    Counters() {
        super(RoutingCounter.values().length);
    }

    /** A frame came, with so many bytes. */
    void received(int bytes) {
        framesReceived++;
        bytesReceived += bytes;
    }

    /** A frame left, with so many bytes. */
    void sent(int bytes) {
        bytesSent += bytes;
    }

    void count(RoutingCounter counter) {
        countAt(counter.ordinal());
    }

    long get(RoutingCounter counter) {
        return switch (counter) {
            case FRAMES_RECEIVED -> framesReceived;
            case BYTES_RECEIVED -> bytesReceived;
            case BYTES_SENT -> bytesSent;
            default -> countedAt(counter.ordinal());
        };
    }

    /** Every counter, in declaration order. */
    Map<RoutingCounter, Long> snapshot() {
        EnumMap<RoutingCounter, Long> copy = new EnumMap<>(RoutingCounter.class);
        for (RoutingCounter counter : RoutingCounter.values()) {
            copy.put(counter, get(counter));
        }
        return Collections.unmodifiableMap(copy);
    }
}
