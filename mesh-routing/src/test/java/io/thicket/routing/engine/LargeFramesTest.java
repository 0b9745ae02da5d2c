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

    private final LargeFrames frames = new LargeFrames();

    @Test
    void two_lost_while_smaller_ones_are_answered_are_suspected() {
        frames.lost(LARGE, 2);
        assertFalse(frames.isDisproved(SMALL));
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
        assertEquals(new Probe(7), frames.probe(0, 7));
    }

    @Test
    void one_as_large_as_the_smallest_that_was_lost_disproves_it() {
        frames.lost(LARGE + 200, 2);
        frames.lost(LARGE, 2);

        assertFalse(frames.isDisproved(LARGE - 10));
        assertTrue(frames.isDisproved(LARGE));
    }

    @Test
    void a_probe_is_as_large_as_what_was_lost() {
        for (int bytes = 100; bytes <= 1_230; bytes++) {
            for (long number : new long[] {0, 23, 24, 0xffff_ffffL}) {
                LargeFrames lost = suspected(bytes);
                Probe probe = lost.probe(0, number);
                int sealed = FrameForm.UNICAST.overheadBytes() + FrameCodec.encodedBytes(probe);

                assertTrue(sealed <= bytes, sealed + " bytes for " + bytes);
                assertTrue(lost.isDisproved(sealed), sealed + " bytes for " + bytes);
            }
        }
    }

    @Test
    void after_three_probes_in_vain_it_is_a_link_for_small_frames() {
        LargeFrames lost = suspected(LARGE);
        lost.probeLost(1_000);
        lost.probeLost(2_000);
        assertTrue(lost.areSuspected());
        assertEquals(LinkInfo.MAX_MTU_BYTES, lost.mtuBytes());

        lost.probeLost(3_000);
        assertFalse(lost.areSuspected());
        assertTrue(lost.areKnownLost());
        assertEquals(LARGE - 1, lost.mtuBytes());
        assertEquals(new Probe(7), lost.probe(3_000, 7));
    }

    @Test
    void smaller_ones_that_are_lost_later_make_the_frames_smaller_but_not_below_what_each_link_has() {
        LargeFrames lost = known(LARGE);
        lost.lost(LARGE - 50, 2);
        assertEquals(LARGE - 51, lost.mtuBytes());

        lost.lost(SMALL, 2);
        assertEquals(LinkInfo.MIN_MTU_BYTES, lost.mtuBytes());
    }

    @Test
    void each_ten_minutes_a_large_one_is_tried_again() {
        LargeFrames lost = known(LARGE);
        assertFalse(lost.isTestDue(LargeFrames.TEST_MS - 1));
        assertTrue(lost.isTestDue(LargeFrames.TEST_MS));
        assertTrue(lost.probe(LargeFrames.TEST_MS, 7).padding() > 0);

        lost.probeLost(LargeFrames.TEST_MS);
        assertTrue(lost.areKnownLost());
        assertFalse(lost.isTestDue(2 * LargeFrames.TEST_MS - 1));
        assertTrue(lost.isTestDue(2 * LargeFrames.TEST_MS));
        assertTrue(lost.isDisproved(LARGE));
    }

    private static LargeFrames suspected(int bytes) {
        LargeFrames frames = new LargeFrames();
        frames.lost(bytes, 2);
        frames.isDisproved(bytes - 50);
        frames.lost(bytes, 2);
        assertTrue(frames.areSuspected());
        return frames;
    }

    private static LargeFrames known(int bytes) {
        LargeFrames frames = suspected(bytes);
        for (int i = 0; i < LargeFrames.MAX_PROBES; i++) {
            frames.probeLost(0);
        }
        return frames;
    }
}
