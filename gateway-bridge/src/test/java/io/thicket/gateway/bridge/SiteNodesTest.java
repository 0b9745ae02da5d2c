package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
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
        site.whenForgotten(node -> forgotten.add(node.node.value()));
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
    void they_come_in_the_order_of_their_last_use() {
        used(1);
        used(2);
        used(3);
        used(1);
        List<Long> order = new ArrayList<>();
        site.forEach(node -> order.add(node.node.value()));
        assertEquals(List.of(2L, 3L, 1L), order);
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
        site.of(new NodeId(1)).mine = true;
        site.of(new NodeId(2)).owner = SiteNode.Owner.MINE;
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
        site.forEach(node -> node.mine = true);
        used(SiteNodes.MAX + 1);
        assertEquals(1, forgotten.size());
        assertEquals(SiteNodes.MAX, site.size());
    }

    @Test
    void those_that_are_tracked_never_give_way() {
        fill();
        site.forEach(node -> node.track = new NodeTrack(node.node, "n", 0));
        used(SiteNodes.MAX + 1);
        assertEquals(List.of(), forgotten);
        assertEquals(SiteNodes.MAX + 1, site.size());
        used(SiteNodes.MAX + 2).mine = true;
        assertEquals(List.of(SiteNodes.MAX + 1L), forgotten);
        used(SiteNodes.MAX + 3);
        assertEquals(List.of(SiteNodes.MAX + 1L, SiteNodes.MAX + 2L), forgotten);
        assertEquals(SiteNodes.MAX + 1, site.size());
    }
}
