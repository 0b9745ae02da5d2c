package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last reasons of one route (2.3). Every destination held has some, so they are packed into an array of two numbers a
 * reason: when, why and how often, then the neighbour; the oldest first.
 */
final class RouteNotes {
    /** Reasons kept. */
    static final int MAX_NOTES = 8;

    private static final List<Reason> REASONS = List.of(Reason.values());
    static final long[] NONE = {};

    /** From the low end: how often (15 bits), whether no neighbour is meant (1), the reason (5), and the time. */
    private static final int MAX_TIMES = 0x7fff;

    private static final int NOBODY = 1 << 15;
    private static final int REASON_SHIFT = 16;
    private static final int REASON_MASK = 0x1f;
    private static final int TIME_SHIFT = 21;
    private static final long CODE_MASK = (1L << TIME_SHIFT) - 1 & ~(long) MAX_TIMES;

    private RouteNotes() {}

    /** The notes with a reason more; the same about the same neighbour in a row is counted. */
    static long[] add(long[] notes, long nowMs, Reason reason, @Nullable NodeId neighbor) {
        long code = (long) REASONS.indexOf(reason) << REASON_SHIFT | (neighbor == null ? NOBODY : 0);
        long about = neighbor == null ? 0 : neighbor.value();
        int last = notes.length - 2;
        if (last >= 0 && (notes[last] & CODE_MASK) == code && notes[last + 1] == about) {
            long times = Math.min(MAX_TIMES, (notes[last] & MAX_TIMES) + 1);
            notes[last] = nowMs << TIME_SHIFT | code | times;
            return notes;
        }
        long[] more = notes;
        if (notes.length == 2 * MAX_NOTES) {
            System.arraycopy(notes, 2, notes, 0, last);
        } else {
            more = Arrays.copyOf(notes, notes.length + 2);
        }
        more[more.length - 2] = nowMs << TIME_SHIFT | code | 1;
        more[more.length - 1] = about;
        return more;
    }

    /** The last one; {@code FIRST} if there is none. */
    static Reason lastReason(long[] notes) {
        return notes.length == 0 ? Reason.FIRST : reason(notes[notes.length - 2]);
    }

    /** All of them, oldest first. */
    static List<RouteNote> all(long[] notes) {
        List<RouteNote> all = new ArrayList<>(notes.length / 2);
        for (int i = 0; i < notes.length; i += 2) {
            NodeId neighbor = (notes[i] & NOBODY) != 0 ? null : new NodeId(notes[i + 1]);
            int times = (int) (notes[i] & MAX_TIMES);
            all.add(new RouteNote(notes[i] >> TIME_SHIFT, reason(notes[i]), neighbor, times));
        }
        return all;
    }

    private static Reason reason(long note) {
        return REASONS.get((int) (note >>> REASON_SHIFT) & REASON_MASK);
    }
}
