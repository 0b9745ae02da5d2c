package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Rreq;
import org.junit.jupiter.api.Test;

class RequestCacheTest {
    private static final NodeId ORIGIN = new NodeId(5);

    private static final long LIFE_MS = 5;

    private final Agenda agenda = new Agenda();
    private final RequestCache requests = new RequestCache(agenda, LIFE_MS, 0);

    @Test
    void one_that_comes_again_is_another_and_the_youngest() {
        RouteRequest first = requests.add(rreq(1), 0);
        RouteRequest second = requests.add(rreq(2), 10);
        RouteRequest again = requests.add(rreq(1), 20);

        assertTrue(first.dead);
        assertNotSame(first, again);
        assertEquals(15, agenda.sweepAtMs());
        requests.expire(15);
        assertTrue(second.dead);
        assertNull(requests.find(ORIGIN, 2));
        assertSame(again, requests.find(ORIGIN, 1));
        assertFalse(again.dead);
        assertEquals(25, agenda.sweepAtMs());
    }

    @Test
    void the_eldest_of_too_many_is_forgotten() {
        RouteRequest first = requests.add(rreq(1), 0);
        for (int id = 2; id <= RequestCache.MAX_REQUESTS; id++) {
            requests.add(rreq(id), 0);
        }
        assertFalse(first.dead);

        requests.add(rreq(RequestCache.MAX_REQUESTS + 1), 0);
        assertTrue(first.dead);
        assertNull(requests.find(ORIGIN, 1));
    }

    @Test
    void nothing_is_left_after_a_stall() {
        RouteRequest first = requests.add(rreq(1), 0);
        requests.clear();

        assertTrue(first.dead);
        assertEquals(MeshRouter.NEVER, agenda.sweepAtMs());
    }

    private static Rreq rreq(long id) {
        Seq seq = new Seq(1, 1);
        return new Rreq(ORIGIN, seq, id, new NodeId(6), seq, 100, seq, 3, 9, true, false, false, 300, null);
    }
}
