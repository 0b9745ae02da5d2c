package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Probe;
import org.junit.jupiter.api.Test;

class LargeFramesTest {
    private static final int SMALL = 80;
    private static final int LARGE = 300;
    private static final int MTU = 1_232;

    private final LargeFrames frames = new LargeFrames();

    @Test
    void two_lost_while_smaller_ones_are_answered_are_suspected() {
        frames.lost(LARGE, 2);
        assertFalse(frames.isDisproved(0, SMALL));
        assertFalse(frames.areSuspected());
        frames.lost(LARGE + 20, 2);

        assertTrue(frames.areSuspected());
    }

    @Test
    void where_nothing_is_answered_size_is_not_the_reason() {
        for (int i = 0; i < 10; i++) {
            frames.lost(LARGE, 2);
        }
        assertFalse(frames.areSuspected());
        assertEquals(new Probe(7), frames.probe(0, 7, MTU));
    }

    @Test
    void one_as_large_as_the_smallest_that_was_lost_disproves_it() {
        frames.lost(LARGE + 200, 2);
        frames.lost(LARGE, 2);

        assertFalse(frames.isDisproved(0, LARGE - 10));
        assertTrue(frames.isDisproved(0, LARGE));
    }

    @Test
    void a_probe_is_as_large_as_what_was_lost() {
        for (int bytes = 40; bytes <= 1_230; bytes++) {
            for (long number : new long[] {0, 23, 24, 0xffff_ffffL}) {
                LargeFrames lost = suspected(bytes);
                Probe probe = lost.probe(0, number, MTU);
                int sealed = FrameForm.UNICAST.overheadBytes() + FrameCodec.encodedBytes(probe);

                assertTrue(sealed <= Math.max(bytes, 47), sealed + " bytes for " + bytes);
                assertTrue(lost.isDisproved(0, sealed), sealed + " bytes for " + bytes);
            }
        }
    }

    @Test
    void after_three_probes_in_vain_of_one_that_answers_small_ones_it_is_a_link_for_these() {
        LargeFrames lost = suspected(LARGE);
        for (int i = 0; i < LargeFrames.MAX_PROBES; i++) {
            assertTrue(lost.areSuspected());
            assertFalse(lost.areKnownLost(MTU));
            assertTrue(lost.probe(0, 7, MTU).padding() > 0);
            lost.probeLost(0, true);
            assertEquals(0, lost.probe(0, 7, MTU).padding());
            assertFalse(lost.isDisproved(0, SMALL));
        }

        assertFalse(lost.areSuspected());
        assertTrue(lost.areKnownLost(MTU));
        assertEquals(LARGE - 1, lost.mtuBytes());
        assertEquals(new Probe(7), lost.probe(0, 7, MTU));
    }

    /** A node that drove off was a link for small frames ten minutes long when it came back. */
    @Test
    void one_that_does_not_answer_a_small_probe_either_is_away() {
        LargeFrames lost = suspected(LARGE);
        lost.probeLost(0, true);
        lost.probeLost(0, false);

        assertFalse(lost.areSuspected());
        for (int i = 0; i < 10; i++) {
            lost.probeLost(0, false);
        }
        assertFalse(lost.areKnownLost(MTU));
    }

    @Test
    void what_is_lost_of_smaller_ones_later_is_suspected_anew_and_never_below_what_each_link_has() {
        LargeFrames lost = known(LARGE);
        lost.lost(SMALL, 2);
        assertFalse(lost.isDisproved(0, SMALL));
        assertEquals(LARGE - 1, lost.mtuBytes());

        makeKnown(lost, LARGE - 50);
        assertEquals(LARGE - 51, lost.mtuBytes());
        makeKnown(lost, 90);
        assertEquals(LinkInfo.MIN_MTU_BYTES, lost.mtuBytes());
    }

    @Test
    void a_link_whose_mtu_is_below_that_is_one_like_any_other() {
        LargeFrames lost = known(LARGE);
        assertFalse(lost.areKnownLost(LARGE - 1));
        assertEquals(0, lost.probe(LargeFrames.TEST_MS, 7, LARGE - 1).padding());
    }

    @Test
    void a_large_one_is_tried_again_ever_more_rarely() {
        LargeFrames lost = known(LARGE);
        long nowMs = 0;
        long pauseMs = LargeFrames.FIRST_TEST_MS;
        for (int i = 0; i < 10; i++) {
            assertFalse(lost.isTestDue(nowMs + pauseMs - 1));
            nowMs += pauseMs;
            assertTrue(lost.isTestDue(nowMs));
            assertTrue(lost.probe(nowMs, 7, MTU).padding() > 0);
            lost.probeLost(nowMs, true);
            pauseMs = Math.min(LargeFrames.TEST_MS, 2 * pauseMs);
        }
        assertTrue(lost.areKnownLost(MTU));
        assertTrue(lost.isDisproved(0, LARGE));
    }

    private static LargeFrames suspected(int bytes) {
        LargeFrames frames = new LargeFrames();
        suspect(frames, bytes);
        return frames;
    }

    private static void suspect(LargeFrames frames, int bytes) {
        frames.lost(bytes, 2);
        frames.isDisproved(0, bytes - 50);
        frames.lost(bytes, 2);
        assertTrue(frames.areSuspected());
    }

    private static LargeFrames known(int bytes) {
        LargeFrames frames = new LargeFrames();
        makeKnown(frames, bytes);
        return frames;
    }

    private static void makeKnown(LargeFrames frames, int bytes) {
        suspect(frames, bytes);
        for (int i = 0; i < LargeFrames.MAX_PROBES; i++) {
            frames.probeLost(0, true);
            frames.isDisproved(0, bytes - 50);
        }
    }
}
