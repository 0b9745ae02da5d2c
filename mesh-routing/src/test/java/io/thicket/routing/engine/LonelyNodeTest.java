package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose only link is away for a while is back soon after it, not with the next regular HELLO up to a minute later. */
class LonelyNodeTest {
    /** By then the intervals are the longest ones, and nothing that began with the start is going on. */
    private static final long SETTLED_MS = 600_000;

    private static final long MINUTE_MS = 60_000;
    private static final long AWAY_MS = 10_000;

    /** Found away within a second or so, and called for after 1, 2, 4 and 8 s: the time it was away, and what a second's sweep adds. */
    private static final long BACK_MS = AWAY_MS + 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_back_after_no_longer_than_it_was_away(long seed) {
        Mesh mesh = Mesh.line(seed, 2);
        Mesh.Node lonely = mesh.node(1);
        mesh.start(0);
        mesh.runFor(SETTLED_MS);

        mesh.cut(0, 1);
        lonely.offer("meanwhile");
        mesh.runFor(AWAY_MS);
        mesh.connect(0, 1);

        assertTrue(
                mesh.runUntil(() -> !mesh.deliveredTexts(0).isEmpty(), BACK_MS), "not back after " + BACK_MS + " ms");
    }

    /** It calls for a few minutes; whoever is away for an hour is found by a regular HELLO. */
    @Test
    void who_is_away_for_good_does_not_call_for_ever() {
        Mesh mesh = Mesh.line(1, 2);
        Mesh.Node lonely = mesh.node(1);
        mesh.start(0);
        mesh.runFor(SETTLED_MS);
        mesh.kill(0);
        lonely.offer("nobody takes it");
        mesh.runFor(10 * MINUTE_MS);
        long before = mesh.framesSent;

        mesh.runFor(10 * MINUTE_MS);

        assertEquals(15, mesh.framesSent - before, 5);
    }
}
