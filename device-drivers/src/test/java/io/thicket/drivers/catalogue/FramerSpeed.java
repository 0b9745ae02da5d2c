package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How many MB of each device a second pass, framer and decoder together: its own frames, random bytes, and bytes chosen to
 * keep the framer busy (its frame's start again and again). No test: prints, and asserts nothing.
 */
final class FramerSpeed {
    private static final int BYTES = 1 << 20;

    private FramerSpeed() {}

    public static void main(String[] args) {
        System.out.printf("%-24s %10s %10s %10s  MB/s%n", "driver", "clean", "random", "starts");
        for (var driver : DriverCatalogue.all()) {
            String id = driver.descriptor().id();
            List<byte[]> frames = DriverCatalogueTest.vectors(id);
            if (driver instanceof VirtualDevice || frames.isEmpty()) {
                continue;
            }
            byte[] frame = frames.get(0);
            byte[] random = new byte[4096];
            new Random(1).nextBytes(random);
            double clean = speed(id, frame);
            double noise = speed(id, random);
            double worst = Double.MAX_VALUE;
            // The head of the frame without its rest: each repetition looks like a frame for a while.
            for (int head = 1; head <= Math.min(12, frame.length - 1); head++) {
                worst = Math.min(worst, speed(id, Arrays.copyOf(frame, head)));
            }
            System.out.printf("%-24s %10.1f %10.1f %10.1f%n", id, clean, noise, worst);
        }
    }

    private static double speed(String id, byte[] pattern) {
        byte[] input = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            input[i] = pattern[i % pattern.length];
        }
        Map<String, String> options = MutatedInputTest.options(id);
        double best = 0;
        for (int round = 0; round < 4; round++) {
            DeviceSession session = DriverCatalogue.find(id).orElseThrow().open(options);
            long begin = System.nanoTime();
            for (int at = 0; at < BYTES; at += 4096) {
                session.onBytes(0, input, at, 4096, (arrived, values) -> {});
            }
            best = Math.max(best, BYTES * 1e3 / (System.nanoTime() - begin));
        }
        return best;
    }
}
