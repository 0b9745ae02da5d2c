package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final long OWN_MS = 2_000;
    private static final long OTHERS_MS = 5_000;
    private static final long WALL_MS = 1_795_314_600_000L;
    private static final int ALL = Integer.MAX_VALUE;
    private final PageTurns turns = new PageTurns(new NodeId(0));
    private final SiteNodes site = new SiteNodes(1);
    private final Ledger ledger = new Ledger(turns, site);

    private static List<String> labels(List<Ledger.Write> pages) {
        return pages.stream().map(Ledger.Write::label).toList();
    }

    private void add(long nowMs, int node, long seq, boolean own) {
        ledger.add(nowMs, site.of(new NodeId(node)), "n" + node, 1, seq, own);
    }

    @Test
    void a_page_of_own_readings_is_due_after_two_seconds_and_once() {
        add(0, 1, 1, true);

        assertEquals(List.of(), labels(ledger.takeDue(OWN_MS - 1, ALL)));
        assertEquals(List.of("n1"), labels(ledger.takeDue(OWN_MS, ALL)));
        assertEquals(List.of(), labels(ledger.takeDue(OWN_MS, ALL)));
    }

    @Test
    void pages_come_in_the_order_in_which_they_began_to_wait() {
        add(0, 1, 1, true);
        add(0, 2, 1, true);
        add(0, 3, 1, true);
        add(0, 1, 2, true);

        assertEquals(List.of("n1", "n2", "n3"), labels(ledger.takeOwn(0)));
        assertEquals(List.of(), labels(ledger.takeDue(OWN_MS, ALL)));
    }

    @Test
    void a_page_that_the_broker_has_need_not_be_written() {
        add(0, 1, 1, true);
        LedgerPage page = new LedgerPage(new NodeId(1));
        page.add(1, 1, 5);
        ledger.retained(10, site.of(page.node()), "n1", page);

        assertTrue(ledger.add(10, site.of(page.node()), "n1", 1, 5, false), "it shows all that is known");
        assertEquals(List.of(), labels(ledger.takeOwn(0)));
        assertEquals(List.of(), labels(ledger.takeDue(60_000, ALL)));
    }

    @Test
    void a_page_is_wanted_under_a_new_name_at_once() {
        add(0, 1, 1, false);
        ledger.renamed(1_000, new NodeId(1), "other");

        assertEquals(List.of("other"), labels(ledger.takeDue(1_000, ALL)));
    }

    @Test
    void nodes_whose_pages_doubt_the_same_share_the_doubt() {
        for (long node = 1; node <= 2; node++) {
            LedgerPage page = LedgerPage.parse(new NodeId(node) + " before=1795314600000 1:1");
            ledger.retained(10, site.of(new NodeId(node)), "n" + node, page);
        }

        assertEquals(1_795_314_600_000L, site.of(new NodeId(1)).doubt.beforeMs());
        assertSame(site.of(new NodeId(1)).doubt, site.of(new NodeId(2)).doubt);
    }

    @Test
    void a_node_that_gave_way_is_not_written() {
        for (int node = 1; node <= SiteNodes.MAX + 1; node++) {
            add(0, node, 1, false);
        }

        assertEquals(SiteNodes.MAX, site.size());
        assertFalse(ledger.contains(new NodeId(1), 1, 1));
        assertEquals(SiteNodes.MAX, ledger.takeDue(60_000, ALL).size());
    }

    /** What was known of it would have said whether the broker has a reading. */
    @Test
    void readings_of_a_node_that_gave_way_are_doubted() {
        ledger.begin(0, WALL_MS, true);
        for (int node = 1; node <= SiteNodes.MAX + 1; node++) {
            add(0, node, 1, false);
        }
        NodeId forgotten = new NodeId(1);
        NodeId neverHeardOf = new NodeId(SiteNodes.MAX + 2);

        assertTrue(ledger.isDoubtful(forgotten, WALL_MS, true));
        assertFalse(ledger.isDoubtful(neverHeardOf, WALL_MS, true));
        assertFalse(ledger.isDoubtful(new NodeId(2), WALL_MS, true), "it is known");
    }

    @Test
    void of_a_node_that_gave_way_the_readings_from_before_it_is_known_again_are_doubted() {
        ledger.begin(0, WALL_MS, true);
        for (int node = 1; node <= SiteNodes.MAX + 1; node++) {
            add(0, node, 1, false);
        }
        NodeId forgotten = new NodeId(1);
        add(5_000, 1, 9, true);

        assertTrue(ledger.isDoubtful(forgotten, WALL_MS + 4_999, true));
        assertFalse(ledger.isDoubtful(forgotten, WALL_MS + 5_000, true));
        assertTrue(
                ledger.takeOwn(5_000).get(0).page().toString().contains("before=" + (WALL_MS + 5_000)),
                "it lacks what the page says that it replaces");

        LedgerPage page = new LedgerPage(forgotten);
        page.add(1, 1, 8);
        ledger.retained(5_010, site.of(forgotten), "n1", page);
        assertFalse(ledger.isDoubtful(forgotten, WALL_MS + 4_999, true), "another gateway knows all of it");
        assertTrue(ledger.contains(forgotten, 1, 9));
    }

    @Test
    void without_a_clock_all_readings_of_a_node_that_gave_way_are_doubted_and_later_those_from_before_it_was_set() {
        ledger.begin(0, WALL_MS, false);
        for (int node = 1; node <= SiteNodes.MAX + 1; node++) {
            add(10_000, node, 1, false);
        }
        NodeId forgotten = new NodeId(1);
        add(20_000, 1, 9, true);

        assertTrue(ledger.isDoubtful(forgotten, WALL_MS + 9_000, false));
        ledger.clockIsRight(30_000, WALL_MS + 30_000);
        assertTrue(ledger.isDoubtful(forgotten, WALL_MS + 9_000, false));
        assertTrue(ledger.isDoubtful(forgotten, WALL_MS + 9_000, true));
        assertFalse(ledger.isDoubtful(forgotten, WALL_MS + 30_000, true));
    }

    @Test
    void the_nodes_of_other_gateways_give_way_first() {
        add(0, 1, 1, true);
        for (int node = 2; node <= 2 * SiteNodes.MAX; node++) {
            add(0, node, 1, false);
        }

        assertEquals(SiteNodes.MAX, site.size());
        assertTrue(
                ledger.contains(new NodeId(1), 1, 1),
                "else its page would begin anew, and replace the one that knows more");
        assertFalse(ledger.contains(new NodeId(2), 1, 1));
        assertEquals(List.of("n1"), labels(ledger.takeOwn(0)));
    }

    @Test
    void one_gateway_of_a_site_that_is_too_large_forgets_as_well() {
        for (int node = 1; node <= SiteNodes.MAX; node++) {
            add(0, node, 1, true);
        }
        assertEquals(SiteNodes.MAX, ledger.takeOwn(0).size());
        for (int node = 1; node <= 5; node++) {
            add(1, SiteNodes.MAX + node, 1, true);
        }

        assertEquals(SiteNodes.MAX, site.size());
        for (int node = 1; node <= 5; node++) {
            assertTrue(
                    ledger.contains(new NodeId(SiteNodes.MAX + node), 1, 1),
                    "not the newest ones, which are not written yet");
        }
    }

    @Test
    void of_others_pages_only_so_many_are_taken_at_once() {
        for (int node = 1; node <= 5; node++) {
            add(0, node, 1, false);
        }
        add(0, 6, 1, true);

        assertEquals(List.of("n6", "n1", "n2"), labels(ledger.takeDue(60_000, 2)));
        assertEquals(List.of(), labels(ledger.takeDue(60_000, 0)));
        assertEquals(List.of("n3", "n4", "n5"), labels(ledger.takeDue(60_000, ALL)));
    }

    @Test
    void a_broker_that_forgot_is_told_first_by_those_whose_nodes_they_are() {
        add(0, 1, 1, true);
        add(0, 2, 1, false);
        ledger.takeDue(60_000, ALL);
        ledger.connected(100_000, false);

        assertEquals(List.of("n1"), labels(ledger.takeDue(100_500, ALL)));
        long turnMs = 100_500 + turns.delayMs(2);
        assertEquals(List.of(), labels(ledger.takeDue(turnMs - 1, ALL)));
        assertEquals(List.of("n2"), labels(ledger.takeDue(turnMs, ALL)));
    }

    /** A ledger beside the plainest one that looks at every page each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_pages_taken_are_those_that_a_look_at_all_pages_finds(long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        Map<Integer, Long> due = new LinkedHashMap<>();
        Map<Integer, Boolean> own = new LinkedHashMap<>();
        long[] seqs = new long[40];
        long nowMs = 0;
        for (int step = 0; step < 20_000; step++) {
            nowMs += draws.nextLong(200);
            int node = draws.nextInt(1, seqs.length);
            if (draws.nextInt(10) == 0) {
                long untilMs = nowMs;
                List<String> wanted = take(due, own, each -> due.getOrDefault(each, Long.MAX_VALUE) <= untilMs);
                assertEquals(Set.copyOf(wanted), Set.copyOf(labels(ledger.takeDue(nowMs, ALL))));
            } else if (draws.nextInt(10) == 0) {
                List<String> wanted = take(due, own, each -> own.getOrDefault(each, false));
                assertEquals(Set.copyOf(wanted), Set.copyOf(labels(ledger.takeOwn(nowMs))));
            } else {
                boolean mine = draws.nextBoolean();
                add(nowMs, node, ++seqs[node], mine);
                long before = due.getOrDefault(node, Long.MAX_VALUE);
                due.put(node, Math.min(before, nowMs + (mine ? OWN_MS : OTHERS_MS + turns.delayMs(node))));
                own.merge(node, mine, Boolean::logicalOr);
            }
        }
    }

    private static List<String> take(Map<Integer, Long> due, Map<Integer, Boolean> own, IntPredicate wanted) {
        List<Integer> taken = due.keySet().stream().filter(wanted::test).toList();
        for (Map.Entry<Integer, Long> entry : due.entrySet()) {
            if (taken.contains(entry.getKey())) {
                entry.setValue(Long.MAX_VALUE);
                own.put(entry.getKey(), false);
            }
        }
        return taken.stream().map(node -> "n" + node).toList();
    }
}
