package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HeapNeedTest {
    @Test
    void it_says_how_much_there_is_and_how_much_to_give() {
        String message = HeapNeed.message(100_000, 512L << 20);

        assertTrue(message.startsWith("100000 nodes do not fit into Java's heap of 512 MiB;"), message);
        assertTrue(message.contains("THICKET_JAVA_OPTS=-Xmx10021m "), message);
    }

    @Test
    void more_than_was_too_little() {
        assertTrue(HeapNeed.message(10, 4L << 30).contains("-Xmx6144m"), HeapNeed.message(10, 4L << 30));
    }
}
