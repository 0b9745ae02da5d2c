package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last reasons of one route (2.3). There is one for every destination held, so it is packed: 20 bytes a reason. */
final class RouteNotes {
    /** Reasons kept. */
    static final int MAX_NOTES = 8;

    private static final List<Reason> REASONS = List.of(Reason.values());
    private static final int FIRST_CAPACITY = 2;
    private static final int MAX_TIMES = 0x7fff;
    private static final int NOBODY = 1 << 15;

    private long[] atMs = new long[FIRST_CAPACITY];
    private long[] neighbors = new long[FIRST_CAPACITY];

    /** The reason's place in the high half, how often in the low one, and a bit if no neighbour is meant. */
    private int[] what = new int[FIRST_CAPACITY];

    private int count;

    /** Remembers a reason; the same about the same neighbour in a row is counted. */
    void add(long nowMs, Reason reason, @Nullable NodeId neighbor) {
        int code = REASONS.indexOf(reason) << 16 | (neighbor == null ? NOBODY : 0);
        long about = neighbor == null ? 0 : neighbor.value();
        int last = count - 1;
        if (count > 0 && (what[last] & ~MAX_TIMES) == code && neighbors[last] == about) {
            what[last] = code | Math.min(MAX_TIMES, (what[last] & MAX_TIMES) + 1);
            atMs[last] = nowMs;
            return;
        }
        if (count == MAX_NOTES) {
            System.arraycopy(atMs, 1, atMs, 0, last);
            System.arraycopy(neighbors, 1, neighbors, 0, last);
            System.arraycopy(what, 1, what, 0, last);
            count--;
        } else if (count == what.length) {
            atMs = Arrays.copyOf(atMs, 2 * count);
            neighbors = Arrays.copyOf(neighbors, 2 * count);
            what = Arrays.copyOf(what, 2 * count);
        }
        atMs[count] = nowMs;
        neighbors[count] = about;
        what[count] = code | 1;
        count++;
    }

    /** The last one; {@code FIRST} if there is none. */
    Reason lastReason() {
        return count == 0 ? Reason.FIRST : REASONS.get(what[count - 1] >>> 16);
    }

    /** All of them, oldest first. */
    List<RouteNote> all() {
        List<RouteNote> notes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            NodeId neighbor = (what[i] & NOBODY) != 0 ? null : new NodeId(neighbors[i]);
            notes.add(new RouteNote(atMs[i], REASONS.get(what[i] >>> 16), neighbor, what[i] & MAX_TIMES));
        }
        return notes;
    }
}
