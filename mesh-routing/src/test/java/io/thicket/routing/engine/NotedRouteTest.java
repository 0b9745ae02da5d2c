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

class NotedRouteTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void packed_notes_say_the_same(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RouteNote> model = new ArrayList<>();
        NotedRoute route = new RouteEntry(0, new NodeId(9));
        assertEquals(Reason.FIRST, route.lastReason());
        long nowMs = 0;
        for (int i = 0; i < 10_000; i++) {
            nowMs += random.nextLong(1L << 25);
            Reason reason = Reason.values()[random.nextInt(10) == 0 ? random.nextInt(Reason.values().length) : 2];
            int who = random.nextInt(6);
            NodeId neighbor = who == 0 ? null : new NodeId(who < 4 ? -1 : who - 4); // mostly one, and one that is 0
            route.note(nowMs, reason, neighbor);
            RouteNote last = model.isEmpty() ? null : model.get(model.size() - 1);
            boolean again = last != null && last.reason() == reason && Objects.equals(last.neighbor(), neighbor);
            int times = again ? model.remove(model.size() - 1).times() + 1 : 1;
            model.add(new RouteNote(nowMs, reason, neighbor, times));
            if (model.size() > NotedRoute.MAX_NOTES) {
                model.remove(0);
            }
            assertEquals(model, route.notes());
            assertEquals(reason, route.lastReason());
        }
    }

    @Test
    void a_note_is_counted_up_to_a_limit() {
        NotedRoute route = new RouteEntry(0, new NodeId(9));
        NodeId hop = new NodeId(7);

        for (int i = 0; i < 40_000; i++) {
            route.note(i, Reason.NEWER_SEQ, hop);
        }

        assertEquals(List.of(new RouteNote(39_999, Reason.NEWER_SEQ, hop, 32_767)), route.notes());
    }
}
