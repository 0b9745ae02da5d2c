package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighborTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    @Test
    void of_one_that_is_only_heard_nothing_is_kept_of_messages() {
        Neighbor heard = neighbor(1_000);
        heard.forgetFailedProbes();

        assertTrue(heard.isProbeDue(1_000));
        assertTrue(heard.isHeardSinceProbe(1_000));
        assertTrue(heard.isReliable());
        assertFalse(heard.isInUse(1_000));
        assertFalse(heard.isLastChoice(1_000));
        assertFalse(heard.isRepetition(1_000, 0));
        assertFalse(heard.wasLossy());
        assertEquals(0, heard.failuresInRow());
        assertEquals(Neighbor.LONG_AGO_MS, heard.replyLostMs());
        assertNull(heard.correspondence);
    }

    @Test
    void an_answer_is_use_for_as_long_as_it_may_be_silent() {
        Neighbor answers = neighbor(1_000);
        answers.correspondence().answered(5_000, 100);
        long silenceMs = WIFI.silenceMs(answers.announcedIntervalMs());

        assertTrue(answers.isInUse(5_000 + silenceMs - 1));
        assertFalse(answers.isInUse(5_000 + silenceMs));
    }

    @Test
    void one_that_did_not_answer_a_probe_is_asked_when_it_is_heard() {
        Neighbor silent = neighbor(1_000);
        silent.probes().asked(2_000);
        silent.probes().failed();
        assertFalse(silent.isHeardSinceProbe(2_001));
        assertFalse(silent.isProbeDue(2_001));

        silent.heardAt(2_001);

        assertTrue(silent.isHeardSinceProbe(2_001));
        assertTrue(silent.isProbeDue(2_000 + ProbeBackOff.RETRY_MS));
    }

    @Test
    void one_that_leaves_replies_unanswered_is_the_last_choice_until_it_answers_one() {
        Neighbor hop = neighbor(1_000);
        hop.correspondence().replyFailed(2_000);
        assertTrue(hop.isLastChoice(3_000));

        hop.correspondence().replyAnswered();

        assertFalse(hop.isLastChoice(3_000));
    }

    @Test
    void the_series_for_one_without_a_gateway_goes_on_as_if_it_were_never_forgotten() {
        SplittableRandom random = new SplittableRandom(4);
        Neighbor neighbor = neighbor(0);
        HelloSeries kept = new HelloSeries((byte) 4, WIFI);
        long nowMs = 0;
        boolean lacks = true;
        int due = 0;
        for (int step = 0; step < 10_000; step++) {
            nowMs += random.nextInt(4_000);
            lacks = random.nextInt(40) == 0 ? !lacks : lacks;
            if (lacks) {
                boolean isDue = kept.isDue(nowMs);
                assertEquals(isDue, neighbor.toldGateways().isDue(nowMs), "step " + step);
                if (isDue) {
                    due++;
                    kept.made(nowMs);
                    neighbor.toldGateways().made(nowMs);
                }
            } else {
                kept.end(nowMs);
                neighbor.knowsGateway(nowMs);
            }
        }
        assertTrue(due > 100, due + " times");
    }

    /** Also where half of a time changes its sign, or ends. */
    @ParameterizedTest(name = "around {0}")
    @ValueSource(longs = {0, 1L << 31, 1L << 32, 5L << 31})
    void it_is_known_when_it_was_heard_for_as_long_as_its_session_lasts(long aroundMs) {
        for (long heardMs = Math.max(0, aroundMs - 10); heardMs < aroundMs + 10; heardMs++) {
            Neighbor neighbor = neighbor(heardMs);
            for (long silentMs : new long[] {0, 5, 600_000, SessionState.LONGEST_SILENCE_MS}) {
                assertEquals(heardMs, neighbor.lastHeardMs(heardMs + silentMs));
                assertEquals(silentMs, neighbor.silentMs(heardMs + silentMs));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NeighborState.class)
    void what_is_over_for_good_is_down(NeighborState before) {
        Neighbor neighbor = neighbor(0);
        assertEquals(NeighborState.HEARD, neighbor.state());
        neighbor.enter(before);
        assertFalse(neighbor.hasEnded());
        for (NeighborState each : NeighborState.values()) {
            assertEquals(each == before, neighbor.isIn(each));
        }

        neighbor.end();

        assertTrue(neighbor.hasEnded());
        assertEquals(NeighborState.DOWN, neighbor.state());
        assertTrue(neighbor.isIn(NeighborState.DOWN));
        assertFalse(neighbor.isIn(NeighborState.TWO_WAY));
    }

    /** Also where half of a time changes its sign, or ends; HELLOs are half a minute to four days apart. */
    @ParameterizedTest(name = "around {0}")
    @ValueSource(longs = {0, 1L << 31, 1L << 32, 5L << 31})
    void short_intervals_that_last_are_restless(long aroundMs) {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 50; round++) {
            long nowMs = Math.max(0, aroundMs - 1_000_000);
            Neighbor neighbor = neighbor(nowMs);
            boolean isShort = false;
            long sinceMs = 0;
            for (int step = 0; step < 40; step++) {
                nowMs += random.nextInt(8) == 0 ? 345_600_000 : random.nextInt(30_000);
                if (random.nextBoolean()) {
                    boolean next = random.nextInt(8) != 0;
                    sinceMs = next && !isShort ? nowMs : sinceMs;
                    isShort = next;
                    neighbor.announced(nowMs, next ? WIFI.helloMinMs() : WIFI.helloMaxMs());
                }
                boolean restless = isShort && nowMs - sinceMs >= 8 * WIFI.helloMinMs();
                assertEquals(restless, neighbor.isRestless(nowMs), "step " + step);
            }
        }
    }

    private static Neighbor neighbor(long nowMs) {
        LinkInfo info = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);
        SplittableRandom random = new SplittableRandom(1);
        Interface link = new Interface(new LinkId(0), info, WIFI, new Trickle(WIFI, random, nowMs), nowMs);
        return new Neighbor(nowMs, new NodeId(7), 1, link, LinkAddress.of((byte) 1));
    }
}
