package io.thicket.routing.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine's goals say about memory; times are for the benchmarks. */
class EngineCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Enough to fill the windows of duplicates, whose places are used again afterwards. */
    private static final int WARM_UP = 40_000;

    private static final int ROUNDS = 4;

    @ParameterizedTest(name = "{0} destinations, {1} neighbours, {2} messages in a frame")
    @CsvSource({"10, 4, 1", "100, 10, 1", "10000, 64, 1", "100, 10, 8"})
    void forwarding_a_frame_allocates_nothing(int destinations, int neighbors, int bundle) {
        Relay relay = new Relay(neighbors, destinations, bundle, OpenCipher::new);
        for (int i = 0; i < WARM_UP; i++) {
            relay.forward();
        }
        long thread = Thread.currentThread().getId();
        THREADS.getThreadAllocatedBytes(thread);

        // What the engine makes it makes in every round. The JIT compiler adds some bytes to one in twenty or so; the
        // interpreter none.
        long[] bytes = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                relay.forward();
            }
            bytes[round] = THREADS.getThreadAllocatedBytes(thread) - before;
        }

        assertEquals(0, Arrays.stream(bytes).min().orElseThrow(), () -> Arrays.toString(bytes));
    }

    @Test
    void ten_thousand_destinations_take_less_than_two_megabytes() {
        TableMemory.relayBytes(1_000, 0); // classes and constants
        long bytes = TableMemory.relayBytes(10_000, 0);

        assertTrue(bytes < 2_000_000, bytes + " bytes");
    }

    @Test
    void ten_thousand_destinations_with_an_alternate_each_take_less_than_three_megabytes() {
        TableMemory.relayBytes(1_000, 0, 1_000); // classes and constants
        long bytes = TableMemory.relayBytes(10_000, 0, 10_000);

        assertTrue(bytes < 3_000_000, bytes + " bytes");
    }

    @Test
    void a_destination_more_takes_less_than_140_bytes() {
        TableMemory.relayBytes(1_000, 0); // classes and constants
        double bytes = TableMemory.eachBytes(false);

        assertTrue(bytes < 140, bytes + " bytes");
    }
}
