package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sequence number rules of RFC 3561 in the resolved reading, entry by entry. */
class AodvTableTest {
    private static final int SELF = 1;
    private static final int D = 4;
    private static final int NEAR = 2;
    private static final int OTHER = 3;
    private static final long LONG = 1_000_000;

    private final AodvTable table = new AodvTable(AodvParameters.RFC3561, SELF);

    private AodvRoute route() {
        return route(0);
    }

    private AodvRoute route(long nowMs) {
        AodvRoute route = table.find(nowMs, D);
        assertNotNull(route);
        return route;
    }

    @Nested
    @Tag("rfc3561-6.1")
    class Section6_1_SequenceNumbers {
        @Test
        void numbers_roll_over_without_losing_freshness() {
            assertTrue(AodvSeq.isNewer(Integer.MIN_VALUE, Integer.MAX_VALUE));
            assertTrue(AodvSeq.isNewer(1, -1));
            assertFalse(AodvSeq.isNewer(-1, 1));
            assertEquals(1, AodvSeq.next(-1), "0 says unknown and is left out");
        }

        @Test
        void a_break_increments_the_number_and_the_entry_stays() {
            table.offer(0, D, 7, 3, NEAR, LONG);

            assertEquals(1, table.breakLink(0, NEAR).size());

            assertFalse(route().valid);
            assertEquals(8, route().seq);
            assertNull(table.findValid(0, D));
        }

        @Test
        void an_expiry_increments_the_number_too() {
            table.offer(0, D, 7, 3, NEAR, 100);

            assertTrue(route(99).valid);
            assertFalse(route(100).valid);
            assertEquals(8, route(100).seq);
        }

        @Test
        void an_invalid_entry_is_forgotten_after_the_delete_period_only() {
            table.offer(0, D, 7, 3, NEAR, 100);

            assertEquals(8, route(100 + 14_999).seq);
            assertNull(table.find(100 + 15_000, D));
            assertEquals(0, table.size());
        }

        @Test
        void the_delete_period_counts_from_the_expiry_not_from_when_it_was_noticed() {
            table.offer(0, D, 7, 3, NEAR, 100);

            assertNull(table.find(100 + 15_000, D), "nobody looked in between");
        }

        @Test
        void a_failed_search_forgets_nothing() {
            table.offer(0, D, 7, 3, NEAR, LONG);
            table.breakLink(0, NEAR);

            table.searchFailed(D);

            assertEquals(8, route().seq);
        }
    }

    @Nested
    @Tag("rfc3561-6.2")
    class Section6_2_Updates {
        @Test
        void a_newer_number_wins_over_a_shorter_way() {
            table.offer(0, D, 7, 1, NEAR, LONG);

            assertTrue(table.offer(0, D, 8, 9, OTHER, LONG));
            assertEquals(OTHER, route().nextHop);
            assertEquals(9, route().hops);
        }

        @Test
        void an_older_number_never_wins() {
            table.offer(0, D, 7, 9, NEAR, LONG);

            assertFalse(table.offer(0, D, 6, 1, OTHER, LONG));
            assertEquals(7, route().seq);
            assertEquals(NEAR, route().nextHop);
        }

        @Test
        void an_older_number_does_not_revive_an_invalid_entry() {
            table.offer(0, D, 7, 3, NEAR, LONG);
            table.breakLink(0, NEAR);

            assertFalse(table.offer(0, D, 7, 1, OTHER, LONG));
            assertFalse(route().valid);
            assertEquals(8, route().seq);
        }

        @Test
        void the_same_number_wins_by_fewer_hops_or_over_an_invalid_entry() {
            table.offer(0, D, 7, 3, NEAR, LONG);

            assertFalse(table.offer(0, D, 7, 3, OTHER, LONG));
            assertTrue(table.offer(0, D, 7, 2, OTHER, LONG));
            table.breakLink(0, OTHER);
            assertTrue(table.offer(0, D, 8, 9, NEAR, LONG));
            assertTrue(route().valid);
        }

        @Test
        void a_neighbor_heard_keeps_its_number() {
            table.offer(0, D, 7, 3, NEAR, LONG);

            table.neighborHeard(0, D, 900, 50);

            assertEquals(7, route().seq);
            assertTrue(route().seqKnown);
            assertEquals(1, route().hops);
            assertEquals(D, route().nextHop);
            assertEquals(LONG, route().expiresMs, "and is not cut short");
        }

        @Test
        void the_reverse_route_is_not_moved_by_an_old_rreq() {
            table.offerReverse(0, D, 6, 2, NEAR, LONG);

            assertFalse(table.offerReverse(0, D, 5, 1, OTHER, LONG));
            assertEquals(NEAR, route().nextHop);
        }

        @Test
        void nobody_tells_a_node_the_way_to_itself() {
            assertFalse(table.offer(0, SELF, 99, 1, NEAR, LONG));
            assertEquals(0, table.size());
        }

        @Test
        void use_extends_valid_routes_only() {
            table.offer(0, D, 7, 3, NEAR, 100);
            table.extend(50, D, 3_050);
            assertEquals(3_050, route(50).expiresMs);
            table.extend(60, D, 200);
            assertEquals(3_050, route(60).expiresMs, "never shortened");

            assertFalse(route(3_050).valid);
            table.extend(3_051, D, 9_000);
            assertFalse(route(3_051).valid);
        }
    }

    @Nested
    @Tag("rfc3561-6.11")
    class Section6_11_Rerr {
        @Test
        void a_rerr_of_the_next_hop_with_a_newer_number_invalidates_and_is_copied() {
            table.offer(0, D, 7, 3, NEAR, LONG);

            assertNotNull(table.reportedBroken(0, D, 12, NEAR));
            assertFalse(route().valid);
            assertEquals(12, route().seq);
        }

        @Test
        void a_rerr_of_somebody_else_says_nothing() {
            table.offer(0, D, 7, 3, NEAR, LONG);

            assertNull(table.reportedBroken(0, D, 12, OTHER));
            assertTrue(route().valid);
        }

        @Test
        void a_late_rerr_does_not_lower_the_number() {
            table.offer(0, D, 10, 3, NEAR, LONG);

            assertNull(table.reportedBroken(0, D, 8, NEAR));
            assertNull(table.reportedBroken(0, D, 10, NEAR));
            assertEquals(10, route().seq);
            assertTrue(route().valid);
        }

        @Test
        void a_rerr_without_a_number_counts_as_a_break() {
            table.offer(0, D, 10, 3, NEAR, LONG);

            assertNotNull(table.reportedBroken(0, D, AodvMessage.UNKNOWN_SEQ, NEAR));
            assertEquals(11, route().seq);
        }
    }
}
