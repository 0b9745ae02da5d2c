package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiteNodesTest {
    private final SiteNodes site = new SiteNodes(1);
    private final List<Long> forgotten = new ArrayList<>();

    private SiteNode used(long id) {
        SiteNode node = site.of(new NodeId(id));
        site.used(node);
        return node;
    }

    private void fill() {
        for (long id = 1; id <= SiteNodes.MAX; id++) {
            used(id);
        }
        site.whenForgotten(node -> forgotten.add(node.key()));
    }

    @Test
    void a_node_is_one_object_until_it_is_forgotten() {
        assertNull(site.find(new NodeId(1)));
        SiteNode node = site.of(new NodeId(1));
        assertSame(node, site.of(new NodeId(1)));
        assertSame(node, site.find(new NodeId(1)));
        assertEquals(1, site.size());
    }

    @Test
    void each_comes_once() {
        used(1);
        used(2);
        used(1);
        List<Long> all = new ArrayList<>();
        site.forEach(node -> all.add(node.key()));
        assertEquals(Set.of(1L, 2L), Set.copyOf(all));
        assertEquals(2, all.size());
    }

    @Test
    void one_more_than_fit_takes_the_place_of_one_that_was_not_used_since_another_gave_way() {
        fill();
        used(SiteNodes.MAX + 1); // all were used: passed over once each
        assertEquals(1, forgotten.size());
        used(SiteNodes.MAX / 2);
        for (long id = 2; id <= SiteNodes.MAX / 2; id++) {
            used(SiteNodes.MAX + id);
        }
        assertEquals(SiteNodes.MAX / 2, forgotten.size());
        assertEquals(SiteNodes.MAX, site.size());
        assertNotNull(site.find(new NodeId(SiteNodes.MAX / 2)));
        assertNotNull(site.find(new NodeId(SiteNodes.MAX + 1)));
        forgotten.forEach(id -> assertNull(site.find(new NodeId(id))));
    }

    @Test
    void those_that_are_needed_stay() {
        fill();
        site.of(new NodeId(1)).set(SiteNode.MINE, true);
        site.of(new NodeId(2)).setOwner(SiteNode.Owner.MINE);
        site.of(new NodeId(3)).unanswered = 1;
        for (long id = 1; id <= SiteNodes.MAX; id++) {
            used(SiteNodes.MAX + id);
        }
        assertEquals(SiteNodes.MAX, site.size());
        for (long id = 1; id <= 3; id++) {
            assertNotNull(site.find(new NodeId(id)), "node " + id);
        }
        assertEquals(SiteNodes.MAX, forgotten.size());
    }

    @Test
    void where_all_are_needed_one_gives_way_all_the_same() {
        fill();
        site.forEach(node -> node.set(SiteNode.MINE, true));
        used(SiteNodes.MAX + 1);
        assertEquals(1, forgotten.size());
        assertEquals(SiteNodes.MAX, site.size());
    }

    @Test
    void where_all_are_ones_own_those_stay_whose_pages_are_not_written_yet() {
        fill();
        site.forEach(node -> {
            node.set(SiteNode.MINE, true);
            node.set(SiteNode.OWN, node.key() % 2 == 0);
        });
        for (long id = 1; id <= SiteNodes.MAX / 2; id++) {
            used(SiteNodes.MAX + 2 * id).set(SiteNode.MINE | SiteNode.OWN, true);
        }
        assertEquals(SiteNodes.MAX / 2, forgotten.size());
        forgotten.forEach(id -> assertEquals(1, id % 2, "node " + id));
    }

    @Test
    void those_that_are_tracked_take_no_place_of_others_and_never_give_way() {
        for (long id = 1; id <= SiteNodes.MAX; id++) {
            site.track(new NodeId(id), new NodeTrack(new NodeId(id), "n" + id, 0));
        }
        site.whenForgotten(node -> forgotten.add(node.key()));
        for (long id = 1; id <= SiteNodes.MAX; id++) {
            used(SiteNodes.MAX + id);
        }
        assertEquals(List.of(), forgotten);
        assertEquals(2 * SiteNodes.MAX, site.size());
        used(3 * SiteNodes.MAX);
        assertEquals(1, forgotten.size());
        assertTrue(forgotten.get(0) > SiteNodes.MAX);

        site.track(new NodeId(1), null);
        site.track(new NodeId(1), null);
        used(4 * SiteNodes.MAX);
        assertEquals(2 * SiteNodes.MAX - 1, site.size());
    }

    @Test
    void a_page_of_ones_own_gives_way_after_all_others_although_it_is_tracked_no_longer() {
        SiteNode own = used(SiteNodes.MAX + 9L);
        own.set(SiteNode.MINE, true);
        fill();
        site.forEach(node -> node.unanswered = 1);
        for (long id = 1; id <= SiteNodes.MAX; id++) {
            used(2 * SiteNodes.MAX + id).unanswered = 1;
        }
        assertEquals(SiteNodes.MAX, site.size());
        assertNotNull(site.find(own.node()));
    }
}
