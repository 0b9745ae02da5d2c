package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this router counted since its start. */
@SuppressWarnings(
        "EnumOrdinal") // The places are nobody else's, and live as long as this object: a map takes four times the
// memory.
final class Counters {
    /** The last 16 bits of each: nearly all of a node's stay small for long. */
    private final char[] low = new char[RoutingCounter.values().length];

    /** What is above them, made when the first one has that; 48 bits are enough for a million a second and eight years. */
    private int @Nullable [] high;

    // Counted with each frame that comes, most of which count nothing else: not in the array, which would be brought
    // from memory for them.
    private long framesReceived;
    private long bytesReceived;

    private long bytesSent;

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
        int place = counter.ordinal();
        if (++low[place] == 0) {
            int[] made = high == null ? new int[low.length] : high;
            made[place]++;
            high = made;
        }
    }

    long get(RoutingCounter counter) {
        return switch (counter) {
            case FRAMES_RECEIVED -> framesReceived;
            case BYTES_RECEIVED -> bytesReceived;
            case BYTES_SENT -> bytesSent;
            default -> counted(counter.ordinal());
        };
    }

    private long counted(int place) {
        return (high == null ? 0 : Integer.toUnsignedLong(high[place])) << Character.SIZE | low[place];
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
