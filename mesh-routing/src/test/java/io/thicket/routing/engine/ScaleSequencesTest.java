package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Section 4.2, sequences 30 to 33: many nodes, many neighbours, many hops, much movement; on an ideal medium. */
@Tag("any-jdk") // it only computes
class ScaleSequencesTest {
    /** 1000 nodes in a grid, all started in the same millisecond, five gateways. */
    @Test
    @Tag("4.2-30")
    void sequence_30_simultaneous_power_up_of_a_thousand() {
        Mesh mesh = new Mesh(61).glass();
        mesh.add(1_000);
        for (int node = 0; node < 1_000; node++) {
            if (node % 40 != 39) {
                mesh.connect(node, node + 1);
            }
            if (node + 40 < 1_000) {
                mesh.connect(node, node + 40);
            }
        }
        int[] gateways = {205, 234, 500, 765, 794};
        mesh.start(gateways);
        for (int node = 0; node < 1_000; node++) {
            mesh.node(node).offer("n" + node);
        }

        mesh.runFor(60_000);

        Set<String> texts = new HashSet<>();
        for (int gateway : gateways) {
            texts.addAll(mesh.deliveredTexts(gateway));
        }
        assertTrue(texts.size() >= 990, texts.size() + " of 1000 delivered within 60 s");
    }

    /** Everybody hears everybody: sessions, heard lists and challenges stay within their bounds. */
    @Test
    @Tag("4.2-31")
    void sequence_31_a_crowd_of_two_hundred_in_one_cell() {
        Mesh mesh = new Mesh(62).glass();
        mesh.add(200);
        for (int a = 0; a < 200; a++) {
            for (int b = a + 1; b < 200; b++) {
                mesh.connect(a, b);
            }
        }
        mesh.start(0);
        for (int node = 1; node < 200; node++) {
            mesh.node(node).offer("n" + node);
        }

        mesh.runUntil(() -> mesh.node(0).deliveries.size() == 199, 60_000);

        assertEquals(199, new HashSet<>(mesh.deliveredTexts(0)).size());
    }

    @Test
    @Tag("4.2-32")
    void sequence_32_a_string_of_thirty_hops() {
        Mesh mesh = Mesh.line(63, 31);
        mesh.loss = 0.05;
        mesh.start(0);
        mesh.runFor(60_000);

        mesh.node(30).offer("far");

        assertTrue(mesh.runUntil(() -> mesh.node(30).settledOutgoing.size() == 1, 30_000));
        assertEquals(30, mesh.node(0).deliveries.get(0).hops());
    }

    /** 20 m/s past relays that are 200 m apart: every 10 s one comes into reach and one goes out of it. */
    @Test
    @Tag("4.2-33")
    void sequence_33_a_node_moves_along_a_string() {
        Mesh mesh = new Mesh(64);
        mesh.add(12);
        for (int i = 0; i < 10; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.connect(10, 11);
        mesh.start(0);
        mesh.runFor(60_000);
        for (int step = 1; step <= 9; step++) {
            int near = 10 - step;
            mesh.at(mesh.now + 10_000L * step, () -> mesh.connect(near, 11));
            mesh.at(mesh.now + 10_000L * step + 2_500, () -> mesh.cut(near + 1, 11));
        }
        for (int i = 0; i < 100; i++) {
            int number = i;
            mesh.at(mesh.now + 1_000L * i, () -> mesh.node(11).offer("m" + number));
        }

        mesh.runFor(140_000);

        assertEquals(100, new HashSet<>(mesh.deliveredTexts(0)).size());
    }
}
