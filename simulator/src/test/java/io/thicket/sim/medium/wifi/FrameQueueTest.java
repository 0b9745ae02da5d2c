package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    @Test
    void it_does_what_a_deque_does() {
        SplittableRandom random = new SplittableRandom(4);
        for (int run = 0; run < 50; run++) {
            FrameQueue queue = new FrameQueue();
            Deque<WifiFrame> model = new ArrayDeque<>();
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(20) < 11) {
                    WifiFrame frame = new WifiFrame(0, 1, i, "a");
                    queue.add(frame, i);
                    model.add(frame);
                } else if (!model.isEmpty()) {
                    assertEquals(model.element().bytes(), queue.firstSinceUs());
                    assertEquals(model.poll(), queue.poll());
                }
                assertEquals(model.size(), queue.size());
                assertEquals(model.isEmpty(), queue.isEmpty());
            }
        }
    }
}
