package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Six LoRa hops between two of Wi-Fi, switched on at once. Frames collide and challenges are lost; whoever repeats them without regard for
 * the duty has no airtime left for HELLOs, and in one run of ten the last node knew no gateway for over an hour (4 416 s).
 */
@Tag("any-jdk") // it only computes
class LoraStartTest {
    private static final int SEEDS = 1000;
    private static final long HOUR_MS = 3_600_000;

    /** Nine of ten: half an hour is one Imax. */
    private static final long LIMIT_MS = HOUR_MS / 2;

    @Test
    void nine_of_ten_lines_know_their_gateway_within_half_an_hour() {
        long[] startMs = new long[SEEDS];
        for (int seed = 1; seed <= SEEDS; seed++) {
            MixedMesh mesh = new MixedMesh(seed, 9);
            mesh.connect(0, MixedMesh.WIFI, 0, 1);
            for (int i = 1; i < 7; i++) {
                mesh.connect(2, MixedMesh.LORA, i, i + 1);
            }
            mesh.connect(3, MixedMesh.WIFI, 7, 8);
            mesh.start(0);
            MixedMesh.Node last = mesh.node(8);
            mesh.runUntil(() -> last.snapshot().pinnedGateway() != null, 2 * HOUR_MS);
            startMs[seed - 1] = mesh.now;
        }

        Arrays.sort(startMs);
        System.out.printf(
                "LoRa line: half of %d starts within %d s, nine of ten within %d s%n",
                SEEDS, startMs[SEEDS / 2] / 1_000, startMs[SEEDS * 9 / 10] / 1_000);
        assertTrue(startMs[SEEDS * 9 / 10] <= LIMIT_MS, startMs[SEEDS * 9 / 10] + " ms");
    }
}
