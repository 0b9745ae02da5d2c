package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways to a destination with the last reasons of their changes (2.3). Nearly every route has two of them, both about one
 * neighbour: those lie in the object, and only what was before them is an array.
 */
abstract sealed class NotedRoute extends KnownWays permits RouteEntry {
    /** Reasons kept. */
    static final int MAX_NOTES = 8;

    /** As {@link RouteNotes} packs them; 0 for none. About the neighbour whose advert is the route, or was the last. */
    private long lastNote;

    /** The one before the last, if it is about the same neighbour. */
    private long noteBefore;

    private long[] olderNotes = RouteNotes.NONE;

    /** The outside heard that the route leads over this next hop. */
    boolean announced;

    NotedRoute(NodeId destination) {
        super(destination);
    }

    /** The last one; {@code FIRST} if there is none. */
    final Reason lastReason() {
        return lastNote == 0 ? Reason.FIRST : RouteNotes.reason(lastNote);
    }

    @Override
    @Nullable
    Alternate install(Candidate chosen, long nowMs) {
        if (!isOf(chosen.hop())) {
            announced = false;
            if (lastNote != 0 && !hop().id().equals(chosen.hop().id())) {
                putAway(noteBefore);
                putAway(lastNote);
                noteBefore = 0;
                lastNote = 0;
            }
        }
        return super.install(chosen, nowMs);
    }

    private void putAway(long note) {
        if (note != 0) {
            olderNotes = RouteNotes.add(olderNotes, note, hop().id());
        }
    }

    /** Remembers why the route changed that leads over {@link #hop}, or did; the same about the same neighbour in a row is counted. */
    final void note(long nowMs, Reason reason) {
        if (lastNote != 0 && RouteNotes.reason(lastNote) == reason) {
            lastNote = RouteNotes.again(lastNote, nowMs);
            return;
        }
        putAway(noteBefore);
        noteBefore = lastNote;
        lastNote = RouteNotes.note(nowMs, reason);
        olderNotes = RouteNotes.youngest(olderNotes, MAX_NOTES - (noteBefore == 0 ? 1 : 2));
    }

    /** All of them, oldest first. */
    final List<RouteNote> notes() {
        List<RouteNote> all = new ArrayList<>(MAX_NOTES);
        RouteNotes.unpack(olderNotes, all);
        if (noteBefore != 0) {
            all.add(RouteNotes.unpack(noteBefore, hop().id()));
        }
        if (lastNote != 0) {
            all.add(RouteNotes.unpack(lastNote, hop().id()));
        }
        return all;
    }
}
