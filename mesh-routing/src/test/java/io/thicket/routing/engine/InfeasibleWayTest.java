package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether an infeasible way is worth a request is decided without a look at the alternates where that can be: against looking at each. */
class InfeasibleWayTest {
    private static final long NOW = 1_000;

    private final Random random = new Random(1);
    private int found;
    private int none;

    @Test
    void what_is_decided_in_advance_is_what_a_look_at_each_alternate_says() {
        for (int run = 0; run < 50_000; run++) {
            RouteEntry entry = randomEntry();
            boolean expected = false;
            long metric = entry.advertised() + entry.hop().cost();
            for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
                expected |= alternate.packedSeq() == entry.packedSeq()
                        && 2 * (alternate.advertised() + alternate.hop().cost()) < metric
                        && !entry.isFeasible(alternate, RuleSwitches.ALL_ON);
            }
            assertEquals(
                    expected, RouteChoice.infeasibleWay(RuleSwitches.ALL_ON, NOW, entry, null) != null, "run " + run);
            found += expected ? 1 : 0;
            none += expected ? 0 : 1;
        }
        assertTrue(found > 500 && none > 500, found + " entries with such a way, " + none + " without");
    }

    /** A route with up to three alternates, of a few Seqs, that may have got worse or newer since its feasibility distance was set. */
    private RouteEntry randomEntry() {
        RouteEntry entry = new RouteEntry(NOW, new NodeId(99));
        entry.install(advert(1), NOW);
        if (random.nextInt(10) > 0) {
            entry.setDistance();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            entry.addAlternate(advert(1 + i));
        }
        if (random.nextInt(3) > 0) {
            entry.update(NOW, seq(), random.nextInt(100), 1);
        }
        ((FixedHop) entry.hop()).cost(1 + random.nextInt(50));
        return entry;
    }

    private Alternate advert(long from) {
        return new Alternate(NOW, new FixedHop(from).cost(1 + random.nextInt(20)), seq(), random.nextInt(60), 1);
    }

    private Seq seq() {
        return new Seq(1, 1 + random.nextInt(2));
    }
}
