package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTurnsTest {
    private static final int PAGES = 500;
    private static final long WAY_MS = 100;

    /**
     * Who has not heard of the first page when its own turn comes writes it, too. Of n gateways that are e^((ln n + 1) WAY / SPREAD) on average, 1.18 of 256;
     * with equal chances for all moments it would be 1 + n WAY / SPREAD, 7.4.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50, 256})
    void of_many_gateways_hardly_more_than_one_writes_a_page(int gateways) {
        SplittableRandom draws = new SplittableRandom(7);
        PageTurns[] turns = new PageTurns[gateways];
        for (int i = 0; i < gateways; i++) {
            turns[i] = new PageTurns(new NodeId(draws.nextLong()));
            turns[i].gateways(gateways);
        }
        int written = 0;
        for (int page = 0; page < PAGES; page++) {
            long node = draws.nextLong();
            long first = PageTurns.SPREAD_MS;
            for (PageTurns each : turns) {
                first = Math.min(first, each.delayMs(node));
            }
            for (PageTurns each : turns) {
                long delay = each.delayMs(node);
                assertTrue(delay >= 0 && delay <= PageTurns.SPREAD_MS, "delay " + delay);
                written += delay < first + WAY_MS ? 1 : 0;
            }
        }
        assertTrue(written <= 1.3 * PAGES, PAGES + " pages were written " + written + " times");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 0x7fff_ffff_ffff_ffffL})
    void a_turn_is_the_same_each_time(long node) {
        PageTurns turns = new PageTurns(new NodeId(0x91));
        assertEquals(turns.delayMs(node), turns.delayMs(node));
    }
}
