package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteNote;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotedRouteTest {
    private static final NextHop[] HOPS = {
        new FixedHop(-1), new FixedHop(new NodeId(-1), 2), new FixedHop(0), new FixedHop(1)
    };

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
            NextHop hop =
                    HOPS[Math.max(0, random.nextInt(8) - 4)]; // mostly one, another session of it, and one that is 0
            if (i == 0 || random.nextInt(2) == 0) {
                lead(route, hop);
            } else {
                hop = route.hop();
                route.clear();
            }
            NodeId neighbor = hop.id();
            route.note(nowMs, reason);
            RouteNote last = model.isEmpty() ? null : model.get(model.size() - 1);
            boolean again =
                    last != null && last.reason() == reason && last.neighbor().equals(neighbor);
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
        lead(route, HOPS[0]);

        for (int i = 0; i < 40_000; i++) {
            route.note(i, Reason.NEWER_SEQ);
        }

        assertEquals(List.of(new RouteNote(39_999, Reason.NEWER_SEQ, HOPS[0].id(), 32_767)), route.notes());
    }

    @Test
    void what_the_outside_heard_holds_for_one_session_only() {
        NotedRoute route = new RouteEntry(0, new NodeId(9));
        lead(route, HOPS[0]);
        assertFalse(route.announced);

        route.announced = true;
        lead(route, HOPS[0]);
        assertTrue(route.announced);

        lead(route, HOPS[1]);
        assertFalse(route.announced);
    }

    private static void lead(NotedRoute route, NextHop hop) {
        route.install(new Alternate(0, hop, new Seq(1, 1), 5, 2), 0);
    }
}
