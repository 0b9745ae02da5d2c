package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.wire.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that carries small frames, each probe and its answer among them, and loses large ones: a tunnel, a weak radio, a wormhole. */
class SmallFramesLinkTest {
    private static final int LARGEST = 200;
    private static final String LARGE = " ".repeat(150);

    private final RandomGenerator chance = new SplittableRandom(1);
    private boolean narrow;

    /** In a ring of eight with one such link nothing was delivered for two minutes in the median, and for more than six with one seed in ten. */
    @ParameterizedTest
    @ValueSource(longs = {3, 6, 14, 38})
    void the_long_way_round_is_taken_in_seconds(long seed) {
        Mesh mesh = ring(seed, 8);
        narrow = true;
        mesh.node(7).offer("the long way" + LARGE);

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).size() == 1, 10_000));
        assertEquals(7, mesh.node(0).deliveries.get(0).hops());
    }

    /** Each of the gateway's Seqs comes first over the narrow link, minutes before the way round has it. */
    @Test
    void and_kept_when_the_gateway_has_a_new_seq() {
        Mesh mesh = ring(1, 8);
        narrow = true;
        for (int i = 0; i < 100; i++) {
            mesh.node(7 - i % 3).offer(i + LARGE);
            mesh.runFor(10_000);
            assertEquals(i + 1, mesh.deliveredTexts(0).size(), "at " + mesh.now);
        }
    }

    @Test
    void the_link_is_used_again_once_it_carries_all() {
        Mesh mesh = ring(1, 8);
        narrow = true;
        mesh.node(7).offer("first" + LARGE);
        mesh.runFor(60_000);
        narrow = false;
        mesh.runFor(2 * LargeFrames.TEST_MS);
        mesh.node(7).offer("second" + LARGE);

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).size() == 2, 5_000));
        assertEquals(1, mesh.node(0).deliveries.get(1).hops());
    }

    /** Small readings waited behind large ones, and shared frames with them that were too large: 13 of 360 arrived. */
    @Test
    void where_there_is_no_other_way_small_frames_go_on_and_the_owner_is_told() {
        Mesh mesh = Mesh.line(1, 2);
        mesh.filter = (from, to, frame) -> narrow && frame.length > LARGEST;
        mesh.start(0);
        mesh.runFor(120_000);
        narrow = true;
        List<String> small = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            small.add("small " + i);
            mesh.node(1).offer("small " + i);
            mesh.node(1).offer("large " + i + LARGE);
            mesh.runFor(10_000);
        }
        mesh.runFor(60_000);

        assertEquals(
                small, mesh.deliveredTexts(0).stream().sorted(this::byNumber).toList());
        assertTrue(mesh.node(1).alarms.stream()
                .anyMatch(alarm -> alarm.kind() == Alarm.Kind.SMALL_FRAMES_ONLY
                        && alarm.node().equals(mesh.node(0).id())));
        long tooLarge = mesh.node(1).drops.stream()
                .filter(dropped -> dropped.reason() == DropReason.TOO_LARGE)
                .count();
        assertTrue(tooLarge > 50, tooLarge + " were dropped for their size");
    }

    /** Whatever its repetitions do not mend is not mended by a probe as large, either: each of them is answered sooner or later. */
    @Test
    void what_loses_large_frames_now_and_then_is_a_link_as_before() {
        Mesh mesh = new Mesh(5).glass();
        mesh.add(2);
        mesh.connect(0, 1);
        int[] padded = {0};
        mesh.filter = (from, to, frame) -> {
            padded[0] += Mesh.said(frame).stream().anyMatch(said -> said instanceof Probe probe && probe.padding() > 0)
                    ? 1
                    : 0;
            return frame.length > LARGEST && chance.nextInt(10) < 3;
        };
        mesh.start(0);
        mesh.runFor(60_000);
        for (int i = 0; i < 300; i++) {
            mesh.node(1).offer(i + LARGE);
            mesh.runFor(2_000);
        }
        mesh.runFor(30_000);

        assertEquals(300, mesh.deliveredTexts(0).size());
        assertTrue(padded[0] < 5, padded[0] + " large probes");
        assertFalse(mesh.node(1).alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.SMALL_FRAMES_ONLY));
    }

    private int byNumber(String one, String other) {
        return Integer.compare(number(one), number(other));
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.indexOf(' ') + 1));
    }

    /** A line whose ends are connected, too, by a link that is narrow when the test says so; the gateway is 0, and all know it. */
    private Mesh ring(long seed, int nodes) {
        int last = nodes - 1;
        Mesh mesh = Mesh.line(seed, nodes);
        mesh.connect(0, last);
        mesh.filter = (from, to, frame) -> narrow
                && from.index + to.index == last
                && Math.abs(from.index - to.index) == last
                && frame.length > LARGEST;
        mesh.start(0);
        mesh.runFor(120_000);
        return mesh;
    }
}
