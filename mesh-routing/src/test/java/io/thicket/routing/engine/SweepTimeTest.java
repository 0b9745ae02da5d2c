package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is swept when something is due, beside one that is swept each second. */
class SweepTimeTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final int STEPS = 20_000;
    private static final long DAY_MS = 86_400_000;

    /** One of the two, and what was heard from it. */
    private static final class Side {
        final List<String> changes = new ArrayList<>();
        final RoutingTable table = new RoutingTable(new NodeId(1), 20, RuleSwitches.ALL_ON, this::changed);

        private void changed(RouteEntry entry, Reason reason, boolean lost) {
            changes.add(entry.destination() + " " + reason + (lost ? " lost" : ""));
        }

        String state(long nowMs) {
            StringBuilder text = new StringBuilder();
            for (RouteEntry entry : table.entries()) {
                Candidate current = entry.current();
                text.append(entry.destination())
                        .append(entry.isActive() ? " active " : " broken ")
                        .append(current == null ? "-" : current.hop().id() + " " + current.seq())
                        .append(' ')
                        .append(current == null ? "-" : entry.validUntilMs(nowMs) - nowMs)
                        .append(' ')
                        .append(entry.isSettling() ? entry.settleAtMs(nowMs) - nowMs : -1)
                        .append(' ')
                        .append(entry.feasibility())
                        .append(entry.isInUse(nowMs) ? " used" : "");
                for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
                    text.append(' ').append(alternate.hop().id()).append(' ').append(alternate.seq());
                }
                text.append('\n');
            }
            return text.toString();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_sweep_that_is_left_out_would_have_done_nothing(long seed) {
        Side due = new Side();
        Side all = new Side();

        int leftOut = walk(seed, due, all, 0, true);

        assertTrue(leftOut > STEPS / 10, leftOut + " left out");
    }

    /** An entry keeps halves of times: those that end while the clock runs over, either way, and those that lie beyond. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1L << 31, 1L << 32, 3L << 31, 1L << 40})
    void whenever_it_is_a_table_does_the_same(long turnMs) {
        walk(turnMs, new Side(), new Side(), turnMs - 20_000_000, false);
    }

    /** The same happens to both, to the other {@code laterMs} later. Returns how many sweeps had nothing to do. */
    private static int walk(long seed, Side due, Side all, long laterMs, boolean sweepsAll) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FixedHop> hops = List.of(hop(10), hop(11), hop(12), hop(13), hop(14));
        TreeMap<Long, Long> counts = new TreeMap<>();
        int leftOut = 0;
        long nowMs = 5_000;
        for (int step = 0; step < STEPS; step++) {
            nowMs += random.nextInt(8) == 0 ? random.nextInt(70_000) : random.nextInt(1_500);
            FixedHop hop = hops.get(random.nextInt(hops.size()));
            NodeId to = new NodeId(100 + random.nextInt(12));
            long count = counts.merge(to.value(), random.nextInt(10) == 0 ? 1L : 0L, Long::sum);
            long heard = Math.max(0, count - random.nextInt(3));
            long metric = 10 + random.nextInt(200);
            int what = random.nextInt(24);
            boolean queued = random.nextInt(4) == 0;
            if (what == 1) {
                hop.usable = !hop.usable;
            } else if (what == 2) {
                hop.cost = 5 + random.nextInt(40);
            }
            act(due.table, nowMs, what, to, hop, new Seq(1, heard), metric);
            act(all.table, nowMs + laterMs, what, to, hop, new Seq(1, heard), metric);
            leftOut += due.table.isSweepDue(nowMs) ? 0 : 1;
            due.table.sweep(nowMs, queuedId -> queued);
            if (sweepsAll) {
                all.table.sweepAll(nowMs + laterMs, queuedId -> queued);
            } else {
                all.table.sweep(nowMs + laterMs, queuedId -> queued);
            }
            assertEquals(all.changes, due.changes, "step " + step);
            assertEquals(all.state(nowMs + laterMs), due.state(nowMs), "step " + step);
            due.changes.clear();
            all.changes.clear();
        }
        return leftOut;
    }

    private static void act(RoutingTable table, long nowMs, int what, NodeId to, FixedHop hop, Seq seq, long metric) {
        switch (what) {
            case 0 -> table.sessionEnded(nowMs, hop, Reason.NEIGHBOR_REBOOTED);
            case 1 -> {
                if (hop.usable) {
                    table.linkUsable(nowMs, hop);
                } else {
                    table.linkUnusable(nowMs, hop, Reason.LINK_DOWN);
                }
            }
            case 3 -> table.withdrawn(nowMs, to, hop, Reason.REFUSED);
            case 4 -> table.useAlternate(nowMs, to, hop);
            case 5 -> table.settleIfAsGood(nowMs, to);
            case 6 -> table.settleFor(nowMs, to, seq);
            case 7 -> table.advertise(nowMs, to, WIFI);
            case 8 -> table.acknowledged(to, hop, nowMs);
            case 9 -> table.acknowledging(nowMs, to, WIFI);
            case 10 -> table.registered(nowMs, to, hop, seq, metric, 2);
            case 11 -> table.penalized(nowMs, to, hop.id());
            case 12 -> {
                if (metric > 205) {
                    table.stalled(nowMs);
                }
            }
            case 18 -> table.recover(nowMs, to);
            case 13, 14, 15, 16, 17 -> table.advert(nowMs, to, hop, seq, metric, 2);
            default -> {
                // a second passes
            }
        }
    }

    @Test
    void a_table_with_lasting_routes_is_left_alone_until_the_first_one_ends() {
        Side side = new Side();
        FixedHop hop = hop(10);
        for (int i = 0; i < 10; i++) {
            side.table.advert(1_000L + i, new NodeId(100 + i), hop, new Seq(1, 1), 50, 2);
        }
        side.table.sweep(2_000, queuedId -> false);

        long firstEndMs = 1_000 + WIFI.routeLifeMs();
        assertFalse(side.table.isSweepDue(firstEndMs - 1));
        assertTrue(side.table.isSweepDue(firstEndMs));
    }

    @Test
    void settling_ends_in_time_although_the_advert_that_it_began_with_had_no_place() {
        Side side = new Side();
        NodeId to = new NodeId(100);
        side.table.advert(1_000, to, hop(10).cost(1), new Seq(1, 1), 50, 2);
        for (int i = 1; i <= RouteEntry.MAX_ALTERNATES; i++) {
            side.table.advert(1_000, to, hop(10 + i).cost(5), new Seq(1, 1), 50, 2);
        }
        side.table.sweep(2_000, queuedId -> false);
        assertFalse(side.table.isSweepDue(10_000));

        FixedHop further = hop(20).cost(5);
        side.table.advert(3_000, to, further, new Seq(1, 2), 60, 2);

        RouteEntry entry = side.table.get(to);
        assertNotNull(entry);
        assertNull(entry.candidateOf(further));
        assertTrue(entry.isSettling());
        assertFalse(side.table.isSweepDue(7_999));
        assertTrue(side.table.isSweepDue(8_000));
    }

    @Test
    void what_was_the_route_is_forgotten_in_time_although_the_advert_after_which_it_was_left_had_no_place() {
        Side side = new Side();
        NodeId to = new NodeId(100);
        FixedHop used = hop(10);
        FixedHop[] hops = {used, hop(11), hop(12), hop(13)};
        side.table.advert(1_000, to, used, new Seq(1, 1), 100, 2);
        for (long nowMs = 2_000; nowMs <= 300_000; nowMs += 20_000) { // used, but never announced again
            for (int i = 1; i <= RouteEntry.MAX_ALTERNATES; i++) {
                side.table.advert(nowMs, to, hops[i], new Seq(1, 1), 90 + i, 2);
            }
            side.table.acknowledged(to, used, nowMs);
            side.table.sweepAll(nowMs, queuedId -> false);
        }
        assertFalse(side.table.isSweepDue(304_000));

        FixedHop further = hop(20);
        side.table.advert(303_000, to, further, new Seq(1, 1), 99, 2);

        RouteEntry entry = side.table.get(to);
        assertNotNull(entry);
        assertSame(hops[1], entry.nextHop(), "better for five minutes");
        assertNull(entry.candidateOf(further));
        assertNotNull(entry.candidateOf(used));
        assertTrue(side.table.isSweepDue(304_000));
    }

    @Test
    void what_is_over_for_a_month_does_not_lie_ahead_again() {
        Side side = new Side();
        NodeId to = new NodeId(100);
        FixedHop used = hop(10);
        side.table.advert(1_000, to, used, new Seq(1, 1), 50, 2);
        long nowMs = 1_000;
        while (nowMs < 30 * DAY_MS) { // used, but never announced, nor heard of again
            nowMs += 60_000;
            side.table.acknowledged(to, used, nowMs);
            side.table.sweep(nowMs, queuedId -> false);
        }

        FixedHop shorter = hop(11);
        side.table.advert(nowMs, to, shorter, new Seq(1, 1), 20, 2);
        RouteEntry entry = side.table.get(to);
        assertSame(shorter, entry.nextHop());
        Alternate old = entry.alternates();
        assertNotNull(old);
        assertFalse(old.isYoung(nowMs));

        side.table.sessionEnded(nowMs, shorter, Reason.NEIGHBOR_REBOOTED);
        side.table.sweep(nowMs + 1_000, queuedId -> false);
        assertNull(side.table.get(to), "nobody can hold anything that was derived from it");
    }

    private static FixedHop hop(long id) {
        return new FixedHop(id).settleMs(5_000);
    }
}
