package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ways to a destination with the last reasons of their changes (2.3). Nearly every route has two of them, both about one
 * neighbour: those lie in the object, and only what was before them is an array.
 */
abstract sealed class NotedRoute extends KnownWays permits RouteEntry {
    /** Reasons kept. */
    static final int MAX_NOTES = 8;

    /** As {@link RouteNotes} packs them; 0 for none. */
    private long lastNote;

    /** The one before the last, if it is about the same neighbour. */
    private long noteBefore;

    /** Whom both are about. */
    private @Nullable NodeId about;

    private long[] olderNotes = RouteNotes.NONE;

    NotedRoute(NodeId destination) {
        super(destination);
    }

    /** The last one; {@code FIRST} if there is none. */
    final Reason lastReason() {
        return lastNote == 0 ? Reason.FIRST : RouteNotes.reason(lastNote);
    }

    /** Remembers why the route changed; the same about the same neighbour in a row is counted. */
    final void note(long nowMs, Reason reason, @Nullable NodeId neighbor) {
        boolean follows = lastNote != 0 && Objects.equals(about, neighbor);
        if (follows && RouteNotes.reason(lastNote) == reason) {
            lastNote = RouteNotes.again(lastNote, nowMs);
            return;
        }
        putAway(noteBefore);
        if (!follows) {
            putAway(lastNote);
        }
        noteBefore = follows ? lastNote : 0;
        lastNote = RouteNotes.note(nowMs, reason);
        about = neighbor;
        olderNotes = RouteNotes.youngest(olderNotes, MAX_NOTES - (follows ? 2 : 1));
    }

    private void putAway(long note) {
        if (note != 0) {
            olderNotes = RouteNotes.add(olderNotes, note, about);
        }
    }

    /** All of them, oldest first. */
    final List<RouteNote> notes() {
        List<RouteNote> all = new ArrayList<>(MAX_NOTES);
        RouteNotes.unpack(olderNotes, all);
        if (noteBefore != 0) {
            all.add(RouteNotes.unpack(noteBefore, about));
        }
        if (lastNote != 0) {
            all.add(RouteNotes.unpack(lastNote, about));
        }
        return all;
    }
}
