package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteNodeTest {
    private static final long DAY_MS = 86_400_000;

    private final SiteNode node = new SiteNode(new NodeId(1));

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 2, -1, 0, Integer.MAX_VALUE, 0xffff_fff0L, 1_795_314_600_123L})
    void a_time_is_known_to_the_millisecond_some_days_before_it_and_after(long atMs) {
        node.setDue(atMs);
        for (int days = -24; days <= 24; days++) {
            assertEquals(atMs, node.dueMs(atMs + days * DAY_MS), days + " days");
        }
    }

    @Test
    void it_is_due_never_at_first_and_once_it_need_not_be_written() {
        assertEquals(SiteNode.NEVER, node.dueMs(0));
        node.setDue(5);
        node.set(SiteNode.TURN_OPEN, true);
        node.clearDue();
        assertEquals(SiteNode.NEVER, node.dueMs(5));
        assertTrue(!node.is(SiteNode.TURN_OPEN));
    }
}
