package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteChoiceTest {
    private static final RuleSwitches RULES = RuleSwitches.ALL_ON;
    private static final long NOW_MS = 10_000;

    @Test
    void who_has_to_go_ranks_below_all_others() {
        SplittableRandom random = new SplittableRandom(1);
        int gone = 0;
        int mixed = 0;
        for (int round = 0; round < 5_000; round++) {
            RoutingTable table = new RoutingTable(new NodeId(1), 20, RULES, (entry, reason, lost) -> {});
            NodeId to = new NodeId(100);
            for (int i = 0; i <= RouteEntry.MAX_ALTERNATES; i++) {
                FixedHop hop = new FixedHop(10 + i).cost(1 + random.nextInt(40));
                table.advert(NOW_MS, to, hop, seq(random), 10 + random.nextInt(200), 2);
                hop.usable = random.nextInt(4) > 0;
            }
            RouteEntry entry = table.get(to);
            assertNotNull(entry);
            Candidate candidate = new Alternate(NOW_MS, new FixedHop(30), seq(random), 10 + random.nextInt(200), 2);

            Alternate worst = RouteChoice.worst(RULES, NOW_MS, entry, candidate);

            assertSame(lowest(entry, candidate), worst, "round " + round);
            gone += worst == null ? 0 : 1;
            mixed += worst != null && isEligible(entry, worst) != isEligible(entry, candidate) ? 1 : 0;
        }
        assertTrue(gone > 1_000 && mixed > 100, gone + " had to go, " + mixed + " of another kind");
    }

    private static Seq seq(SplittableRandom random) {
        return new Seq(1, 1 + random.nextInt(3));
    }

    /** Each is held against the lowest so far, with nothing that is known of the one before. */
    private static @Nullable Alternate lowest(RouteEntry entry, Candidate candidate) {
        Alternate lowest = null;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            lowest = ranksBelow(entry, alternate, lowest == null ? candidate : lowest) ? alternate : lowest;
        }
        return lowest;
    }

    /** Whoever may be the route first; among those that may not the newer Seq; then the metric. */
    private static boolean ranksBelow(RouteEntry entry, Candidate a, Candidate b) {
        if (isEligible(entry, a) != isEligible(entry, b)) {
            return isEligible(entry, b);
        }
        if (!isEligible(entry, a) && !a.seq().equals(b.seq())) {
            return b.isNewerThan(a);
        }
        return cost(a) > cost(b);
    }

    private static long cost(Candidate candidate) {
        return candidate.wayMetric() < 0 ? Long.MAX_VALUE : candidate.wayMetric();
    }

    private static boolean isEligible(RouteEntry entry, Candidate candidate) {
        return RouteChoice.isEligible(RULES, NOW_MS, entry, candidate);
    }
}
