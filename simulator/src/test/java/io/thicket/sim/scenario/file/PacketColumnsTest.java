package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.scenario.file.TrafficPlan.Packet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacketColumnsTest {
    private static void assertKept(List<Packet> packets) {
        assertEquals(packets, PacketColumns.of(packets));
    }

    @Test
    void it_has_the_packets_that_it_was_given_alike_in_anything_or_not() {
        for (int differing = 0; differing < 8; differing++) {
            int bits = differing;
            assertKept(IntStream.range(0, 5)
                    .mapToObj(
                            i -> new Packet(i, 3 + i * (bits & 1), -1 + i * (bits >> 1 & 1), 20 + i * (bits >> 2 & 1)))
                    .toList());
        }
        assertKept(List.of(new Packet(1, 2, 3, 4)));
        assertKept(List.of());
    }
}
