package io.thicket.drivers.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.ScanFramer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A framer's work is bounded by the length of its input, whatever is in it. Counted in looks at a byte, not in time. */
class BoundedWorkTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SHORT = 50_000;

    /** The search for a frame looks at a byte some twenty times at most: as part of a start, of a length, as a next start. */
    private static final int MAX_LOOKS = 24;

    private static final FrameSink NOWHERE = (arrivedAtMs, frame, offset, length) -> {};

    private static List<byte[]> inputs(FramerCase framer, int length) {
        List<byte[]> inputs = new ArrayList<>(framer.hostile(length));
        inputs.add(framer.noise(length));
        inputs.add(framer.clean(length));
        return inputs;
    }

    private static void feed(ScanFramer framer, byte[] input) {
        for (int at = 0; at < input.length; at += 64) {
            framer.onBytes(0, input, at, Math.min(64, input.length - at), NOWHERE);
        }
    }

    private static long looks(FramerCase framer, byte[] input) {
        ScanFramer subject = framer.framer();
        feed(subject, input);
        subject.onSilence(1_000_000, NOWHERE);
        return subject.looks();
    }

    @ParameterizedTest
    @EnumSource
    void no_input_makes_a_framer_look_at_its_bytes_again_and_again(FramerCase framer) {
        int number = 0;
        for (byte[] input : inputs(framer, SHORT)) {
            double each = (double) looks(framer, input) / input.length;

            assertTrue(each <= MAX_LOOKS, "input " + number + ": " + each + " looks a byte");
            number++;
        }
    }

    @ParameterizedTest
    @EnumSource
    void ten_times_the_input_is_ten_times_the_work(FramerCase framer) {
        List<byte[]> few = inputs(framer, SHORT);
        List<byte[]> many = inputs(framer, 10 * SHORT);
        for (int i = 0; i < few.size(); i++) {
            double before = (double) looks(framer, few.get(i)) / few.get(i).length;
            double after = (double) looks(framer, many.get(i)) / many.get(i).length;

            assertTrue(after <= 1.1 * before + 0.1, "input " + i + ": " + before + " and " + after + " looks a byte");
        }
    }

    @ParameterizedTest
    @EnumSource
    void framing_allocates_nothing(FramerCase framer) {
        for (byte[] input : inputs(framer, SHORT)) {
            ScanFramer subject = framer.framer();
            feed(subject, input);
            long thread = Thread.currentThread().getId();
            // The JIT compiler adds some bytes now and then; the framer's own would be there each time.
            long[] bytes = new long[4];
            for (int round = 0; round < bytes.length; round++) {
                long before = THREADS.getThreadAllocatedBytes(thread);
                feed(subject, input);
                bytes[round] = THREADS.getThreadAllocatedBytes(thread) - before;
            }

            assertEquals(0, Arrays.stream(bytes).min().orElseThrow(), () -> Arrays.toString(bytes));
        }
    }
}
