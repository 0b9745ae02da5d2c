package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this router counted since its start. */
@SuppressWarnings(
        "EnumOrdinal") // The places are nobody else's, and live as long as this object: a map takes four times the
// memory.
final class Counters {
    /** In four bytes each until one does not fit: nearly all of a node's stay small for ever. */
    private int[] low = new int[RoutingCounter.values().length];

    /** In place of {@link #low} from then on. */
    private long @Nullable [] wide;

    // Counted with each frame that comes, most of which count nothing else: not in the array, which would be brought
    // from memory for them.
    private long framesReceived;
    private long bytesReceived;

    /** A frame came, with so many bytes. */
    void received(int bytes) {
        framesReceived++;
        bytesReceived += bytes;
    }

    void count(RoutingCounter counter) {
        add(counter, 1);
    }

    void add(RoutingCounter counter, long amount) {
        int place = counter.ordinal();
        long value = stored(counter) + amount;
        if (wide == null && value == (int) value) {
            low[place] = (int) value;
            return;
        }
        if (wide == null) {
            wide = Arrays.stream(low).asLongStream().toArray();
            low = new int[0];
        }
        wide[place] = value;
    }

    long get(RoutingCounter counter) {
        return switch (counter) {
            case FRAMES_RECEIVED -> stored(counter) + framesReceived;
            case BYTES_RECEIVED -> stored(counter) + bytesReceived;
            default -> stored(counter);
        };
    }

    private long stored(RoutingCounter counter) {
        return wide == null ? low[counter.ordinal()] : wide[counter.ordinal()];
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
