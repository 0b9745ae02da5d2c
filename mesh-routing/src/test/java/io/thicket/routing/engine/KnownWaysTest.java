package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownWaysTest {
    private static final int HOPS = 6;

    private final NextHop[] hops = new NextHop[HOPS];

    KnownWaysTest() {
        Arrays.setAll(hops, number -> new FixedHop(number + 1).cost(number + 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void the_route_and_its_alternates_are_found_as_in_a_list(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        KnownWays ways = new RouteEntry(0, new NodeId(9));
        List<Alternate> model = new ArrayList<>();
        NextHop route = null;
        for (int nowMs = 0; nowMs < 10_000; nowMs++) {
            NextHop hop = hops[random.nextInt(HOPS)];
            Alternate made = new Alternate(nowMs, hop, new Seq(1, nowMs), random.nextInt(1_000), 2);
            boolean isKnown = hop == route || model.stream().anyMatch(each -> each.hop() == made.hop());
            int which = model.isEmpty() ? -1 : random.nextInt(model.size());
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    if (which >= 0 && !isKnown) {
                        ways.replaceAlternate(model.get(which), made);
                        model.set(which, made);
                    }
                }
                case 2 -> {
                    ways.removeAlternate(which < 0 ? made : model.get(which));
                    model.remove(which < 0 ? made : model.get(which));
                }
                case 3 -> {
                    if (which >= 0) {
                        Alternate chosen = model.remove(which);
                        ways.removeAlternate(chosen);
                        Alternate former = ways.install(chosen, nowMs);
                        assertEquals(route, former == null ? null : former.hop());
                        route = chosen.hop();
                        assertEquals(chosen.advertised(), ways.advertised());
                    }
                }
                case 4 -> {
                    if (random.nextInt(20) == 0) {
                        ways.forgetAlternates();
                        model.clear();
                    }
                }
                default -> {
                    if (model.size() < KnownWays.MAX_ALTERNATES && !isKnown) {
                        ways.addAlternate(made);
                        model.add(made);
                    }
                }
            }
            assertEquals(model, alternatesOf(ways));
            assertEquals(model.size(), ways.countAlternates());
            assertEquals(!model.isEmpty(), ways.hasAlternates());
            assertSame(route, ways.nextHop());
            for (NextHop each : hops) {
                Candidate expected = each == route
                        ? ways
                        : model.stream()
                                .filter(a -> a.hop() == each)
                                .findFirst()
                                .orElse(null);
                assertSame(expected, ways.candidateOf(each));
            }
        }
    }

    @Test
    void a_use_of_long_ago_does_not_come_round_again() {
        RouteEntry entry = new RouteEntry(0, new NodeId(9));
        assertFalse(entry.isInUse(0));
        entry.usedAt(1_000);
        assertTrue(entry.isInUse(3_000));
        for (long nowMs = 3_001; nowMs < 1L << 33; nowMs += 1L << 30) {
            assertFalse(entry.isInUse(nowMs), "at " + nowMs);
            entry.limitAges(nowMs);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_replaces_the_route_is_what_is_allowed_and_clearly_better(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            RouteEntry entry = new RouteEntry(0, new NodeId(9));
            entry.install(advert(random, 0), 1);
            entry.setDistance();
            for (int number = 1; number <= KnownWays.MAX_ALTERNATES; number++) {
                entry.addAlternate(advert(random, number));
            }
            Alternate best = null;
            for (Alternate each : alternatesOf(entry)) {
                if (!entry.isNewerThan(each)
                        && RouteChoice.isEligible(RuleSwitches.ALL_ON, 1, entry, each)
                        && RouteChoice.isClearlyBetter(each, entry)
                        && (best == null || each.wayMetric() < best.wayMetric())) {
                    best = each;
                }
            }

            Alternate expected = best == null || best.isNewerThan(entry) ? null : best;
            assertSame(expected, RouteChoice.better(RuleSwitches.ALL_ON, 1, entry, entry));
        }
    }

    private static List<Alternate> alternatesOf(KnownWays ways) {
        List<Alternate> all = new ArrayList<>();
        for (Alternate each = ways.alternates(); each != null; each = each.next) {
            all.add(each);
        }
        return all;
    }

    /** Of a few Seqs and metrics, so that many are alike. */
    private Alternate advert(SplittableRandom random, int number) {
        return new Alternate(1, hops[number], new Seq(1, 7 - random.nextInt(2)), random.nextInt(20) * 20, 2);
    }
}
