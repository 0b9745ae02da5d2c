package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.Arrays;
import java.util.List;

/**
 * Reasons of the changes of one route (2.3), each packed into one number for when, why and how often; and in an array, the oldest first,
 * with the neighbour behind each, unless it is the one of the note before.
 */
final class RouteNotes {
    private static final List<Reason> REASONS = List.of(Reason.values());
    static final long[] NONE = {};

    /** From the low end: how often (15 bits), whether it is about the neighbour of the one before (1), the reason (4), and the time. */
    private static final int MAX_TIMES = 0x7fff;

    private static final int SAME = 1 << 15;
    private static final int REASON_SHIFT = 16;
    private static final int REASON_MASK = 0xf;
    private static final int TIME_SHIFT = 20;

    private RouteNotes() {}

    /** A first one, never 0. */
    static long note(long nowMs, Reason reason) {
        return nowMs << TIME_SHIFT | (long) REASONS.indexOf(reason) << REASON_SHIFT | 1;
    }

    /** One time more of a note that is in no array. */
    static long again(long note, long nowMs) {
        return note(nowMs, reason(note)) - 1 + Math.min(MAX_TIMES, times(note) + 1);
    }

    static Reason reason(long note) {
        return REASONS.get((int) (note >>> REASON_SHIFT) & REASON_MASK);
    }

    private static int times(long note) {
        return (int) note & MAX_TIMES;
    }

    static RouteNote unpack(long note, NodeId about) {
        return new RouteNote(note >> TIME_SHIFT, reason(note), about, times(note));
    }

    /** The notes with one more. */
    static long[] add(long[] notes, long note, NodeId neighbor) {
        boolean same = false;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            same = isSame(notes[at]) ? same : notes[at + 1] == neighbor.value();
        }
        return same ? with(notes, note | SAME) : with(notes, note, neighbor.value());
    }

    private static long[] with(long[] notes, long... more) {
        long[] all = Arrays.copyOf(notes, notes.length + more.length);
        System.arraycopy(more, 0, all, notes.length, more.length);
        return all;
    }

    /** The youngest of the notes, at most so many. */
    static long[] youngest(long[] notes, int most) {
        int count = 0;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            count++;
        }
        long[] kept = notes;
        for (; count > most; count--) {
            kept = withoutFirst(kept);
        }
        return kept;
    }

    /** A second note about the same neighbour takes over its name. */
    private static long[] withoutFirst(long[] notes) {
        int second = length(notes[0]);
        if (!isSame(notes[second])) {
            return Arrays.copyOfRange(notes, second, notes.length);
        }
        long name = notes[1];
        long[] rest = Arrays.copyOfRange(notes, 1, notes.length);
        rest[0] = notes[second] & ~(long) SAME;
        rest[1] = name;
        return rest;
    }

    /** Puts all of them into a list, oldest first. */
    static void unpack(long[] notes, List<RouteNote> all) {
        long about = 0;
        for (int at = 0; at < notes.length; at += length(notes[at])) {
            long note = notes[at];
            about = isSame(note) ? about : notes[at + 1];
            all.add(unpack(note, new NodeId(about)));
        }
    }

    private static int length(long note) {
        return isSame(note) ? 1 : 2;
    }

    /** Whether it is about the neighbour of the one before; else that is in the next number. */
    private static boolean isSame(long note) {
        return (note & SAME) != 0;
    }
}
