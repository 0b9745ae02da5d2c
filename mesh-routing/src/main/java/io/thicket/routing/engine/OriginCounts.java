package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.Arrays;

/** How many messages of each origin one target's lane holds: few, so they are searched one by one. */
final class OriginCounts {
    private static final int FIRST_CAPACITY = 1;

    private long[] origins = new long[FIRST_CAPACITY];
    private int[] counts = new int[FIRST_CAPACITY];
    private int size;

    int of(NodeId origin) {
        int at = find(origin);
        return at < size ? counts[at] : 0;
    }

    /** One more or one less; an origin without any is forgotten. */
    void add(NodeId origin, int change) {
        int at = find(origin);
        if (at == size) {
            if (size == counts.length) {
                origins = Arrays.copyOf(origins, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            origins[size] = origin.value();
            counts[size] = 0;
            size++;
        }
        counts[at] += change;
        if (counts[at] == 0) {
            size--;
            origins[at] = origins[size];
            counts[at] = counts[size];
        }
    }

    private int find(NodeId origin) {
        int at = 0;
        while (at < size && origins[at] != origin.value()) {
            at++;
        }
        return at;
    }
}
