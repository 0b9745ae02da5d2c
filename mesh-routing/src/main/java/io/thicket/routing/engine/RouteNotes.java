package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last reasons of one route (2.3). Every destination held has some, so they are packed into an array, the oldest first: of each one
 * number for when, why and how often, then the neighbour, unless there is none or it is the one of the note before.
 */
final class RouteNotes {
    /** Reasons kept. */
    static final int MAX_NOTES = 8;

    private static final List<Reason> REASONS = List.of(Reason.values());
    static final long[] NONE = {};

    /** From the low end: how often (15 bits), whether no neighbour is meant, or the same (2), the reason (4), and the time. */
    private static final int MAX_TIMES = 0x7fff;

    private static final int NOBODY = 1 << 15;
    private static final int SAME = 1 << 16;
    private static final int REASON_SHIFT = 17;
    private static final int REASON_MASK = 0xf;
    private static final int TIME_SHIFT = 21;

    private RouteNotes() {}

    /** The notes with a reason more; the same about the same neighbour in a row is counted. */
    static long[] add(long[] notes, long nowMs, Reason reason, @Nullable NodeId neighbor) {
        int last = -1;
        int count = 0;
        long about = 0;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            last = at;
            count++;
            about = isNamed(notes[at]) ? notes[at + 1] : about;
        }
        long link = neighbor == null ? NOBODY : 0;
        boolean follows =
                last >= 0 && (notes[last] & NOBODY) == link && (neighbor == null || about == neighbor.value());
        if (follows && reason(notes[last]) == reason) {
            long times = Math.min(MAX_TIMES, (notes[last] & MAX_TIMES) + 1);
            notes[last] = note(nowMs, reason, notes[last] & (NOBODY | SAME), times);
            return notes;
        }
        link = follows && neighbor != null ? SAME : link;
        long[] kept = count == MAX_NOTES ? withoutFirst(notes) : notes;
        long added = note(nowMs, reason, link, 1);
        long[] more = Arrays.copyOf(kept, kept.length + length(added));
        more[kept.length] = added;
        if (neighbor != null && isNamed(added)) {
            more[kept.length + 1] = neighbor.value();
        }
        return more;
    }

    /** A second note about the same neighbour takes over its name. */
    private static long[] withoutFirst(long[] notes) {
        int second = length(notes[0]);
        if ((notes[second] & SAME) == 0) {
            return Arrays.copyOfRange(notes, second, notes.length);
        }
        long name = notes[1];
        long[] rest = Arrays.copyOfRange(notes, 1, notes.length);
        rest[0] = notes[second] & ~(long) SAME;
        rest[1] = name;
        return rest;
    }

    /** The last one; {@code FIRST} if there is none. */
    static Reason lastReason(long[] notes) {
        Reason last = Reason.FIRST;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            last = reason(notes[at]);
        }
        return last;
    }

    /** All of them, oldest first. */
    static List<RouteNote> all(long[] notes) {
        List<RouteNote> all = new ArrayList<>(MAX_NOTES);
        NodeId about = null;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            long note = notes[at];
            about = isNamed(note) ? new NodeId(notes[at + 1]) : (note & SAME) != 0 ? about : null;
            all.add(new RouteNote(note >> TIME_SHIFT, reason(note), about, (int) (note & MAX_TIMES)));
        }
        return all;
    }

    private static long note(long nowMs, Reason reason, long link, long times) {
        return nowMs << TIME_SHIFT | (long) REASONS.indexOf(reason) << REASON_SHIFT | link | times;
    }

    private static Reason reason(long note) {
        return REASONS.get((int) (note >>> REASON_SHIFT) & REASON_MASK);
    }

    private static int length(long note) {
        return isNamed(note) ? 2 : 1;
    }

    /** Whether the neighbour is in the next number. */
    private static boolean isNamed(long note) {
        return (note & (NOBODY | SAME)) == 0;
    }
}
