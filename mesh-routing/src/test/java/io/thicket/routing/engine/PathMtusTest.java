package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class PathMtusTest {
    private static final NodeId NODE = new NodeId(5);

    private final PathMtus mtus = new PathMtus(0);

    @Test
    void what_was_told_last_counts_for_its_life() {
        mtus.told(0, NODE, 300, 1_000);
        mtus.told(0, NODE, 500, 1_000);

        assertEquals(500, mtus.of(999, NODE));
        assertEquals(LinkInfo.MAX_MTU_BYTES, mtus.of(1_000, NODE));
    }

    @Test
    void a_way_that_carries_everything_replaces_one_that_did_not() {
        mtus.refused(0, NODE, 300);
        mtus.told(1, NODE, 0, 1_000);
        assertEquals(300, mtus.of(1, NODE), "whoever does not know says nothing");

        mtus.told(1, NODE, LinkInfo.MAX_MTU_BYTES, 1_000);
        assertEquals(LinkInfo.MAX_MTU_BYTES, mtus.of(1, NODE));
    }

    @Test
    void the_way_told_longest_ago_is_forgotten_first() {
        mtus.told(0, NODE, 300, 1_000);
        for (int i = 1; i < PathMtus.MAX_PATHS; i++) {
            mtus.told(0, new NodeId(1_000 + i), 400, 1_000);
        }
        assertEquals(300, mtus.of(0, NODE));

        mtus.told(0, new NodeId(1_000), 400, 1_000);
        assertEquals(LinkInfo.MAX_MTU_BYTES, mtus.of(0, NODE));
        assertEquals(400, mtus.of(0, new NodeId(1_001)));
    }
}
