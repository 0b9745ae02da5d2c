package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteNotesTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void packed_they_say_the_same(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RouteNote> model = new ArrayList<>();
        long[] notes = RouteNotes.NONE;
        long nowMs = 0;
        for (int i = 0; i < 10_000; i++) {
            nowMs += random.nextLong(1L << 25);
            Reason reason = Reason.values()[random.nextInt(10) == 0 ? random.nextInt(Reason.values().length) : 2];
            int who = random.nextInt(6);
            NodeId neighbor = who == 0 ? null : new NodeId(who < 4 ? -1 : who - 4); // mostly one, and one that is 0
            notes = RouteNotes.add(notes, nowMs, reason, neighbor);
            RouteNote last = model.isEmpty() ? null : model.get(model.size() - 1);
            boolean again = last != null && last.reason() == reason && Objects.equals(last.neighbor(), neighbor);
            int times = again ? model.remove(model.size() - 1).times() + 1 : 1;
            model.add(new RouteNote(nowMs, reason, neighbor, times));
            if (model.size() > RouteNotes.MAX_NOTES) {
                model.remove(0);
            }
            assertEquals(model, RouteNotes.all(notes));
            assertEquals(reason, RouteNotes.lastReason(notes));
        }
    }

    @Test
    void the_usual_two_take_three_numbers() {
        NodeId hop = new NodeId(7);
        long[] first = RouteNotes.add(RouteNotes.NONE, 1, Reason.FIRST, hop);

        assertEquals(3, RouteNotes.add(first, 2, Reason.NEWER_SEQ, hop).length);
    }
}
