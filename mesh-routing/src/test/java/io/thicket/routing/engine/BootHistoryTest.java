package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class BootHistoryTest {
    private static final NodeId NODE = new NodeId(5);
    private static final long LATEST = 0xffff_ffffL;

    private final BootHistory boots = new BootHistory(0);

    @Test
    void tags_and_epochs_may_have_any_bits() {
        boots.accepted(0, NODE, -1, LATEST - 1);
        boots.announced(NODE, -1, LATEST);
        boots.announced(NODE, -1, 7);

        assertEquals(LATEST, boots.epochOfOther(NODE, 1));
        assertNull(boots.epochOfOther(NODE, -1));
    }

    @Test
    void another_boot_announces_nothing_for_the_present_one() {
        boots.accepted(0, NODE, 1, 1);
        boots.announced(NODE, 2, 9);

        assertEquals(1L, boots.epochOfOther(NODE, 2));
    }

    @Test
    void the_last_four_former_boots_are_known() {
        for (int tag = 1; tag <= 6; tag++) {
            assertTrue(boots.accepted(0, NODE, tag, tag));
        }
        assertTrue(boots.accepted(0, NODE, 1, 7), "forgotten");
        assertFalse(boots.isQuarantined(0, NODE));

        assertFalse(boots.accepted(0, NODE, 6, 8));
        assertTrue(boots.isQuarantined(BootHistory.QUARANTINE_MS - 1, NODE));
        assertFalse(boots.isQuarantined(BootHistory.QUARANTINE_MS, NODE));
        assertTrue(boots.accepted(0, NODE, 5, 9), "both may try again");
    }

    @Test
    void a_node_that_is_forgotten_has_no_former_boots() {
        boots.accepted(0, NODE, 1, 1);
        boots.accepted(0, NODE, 2, 2);
        for (int i = 0; i < BootHistory.MAX_NODES; i++) {
            boots.accepted(0, new NodeId(1_000 + i), 1, 1);
        }
        assertNull(boots.epochOfOther(NODE, 9));

        assertTrue(boots.accepted(0, NODE, 3, 3));
        assertTrue(boots.accepted(0, NODE, 1, 4));
    }
}
