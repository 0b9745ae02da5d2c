package io.thicket.sim.lab;

import java.util.EnumMap;
import java.util.Map;

/** Frames and bytes handed to the MAC, by what they were for. */
final class FrameTally {
    private static final class Sum {
        long frames;
        long bytes;
    }

    private final Map<FrameClass, Sum> sums = new EnumMap<>(FrameClass.class);

    void add(FrameClass its, int length) {
        Sum sum = sums.computeIfAbsent(its, unused -> new Sum());
        sum.frames++;
        sum.bytes += length;
    }

    void clear() {
        sums.clear();
    }

    long control() {
        long frames = 0;
        for (Map.Entry<FrameClass, Sum> entry : sums.entrySet()) {
            frames += entry.getKey().isControl() ? entry.getValue().frames : 0;
        }
        return frames;
    }

    long controlBytes() {
        long bytes = 0;
        for (Map.Entry<FrameClass, Sum> entry : sums.entrySet()) {
            bytes += entry.getKey().isControl() ? entry.getValue().bytes : 0;
        }
        return bytes;
    }

    long all() {
        return sums.values().stream().mapToLong(sum -> sum.frames).sum();
    }

    long allBytes() {
        return sums.values().stream().mapToLong(sum -> sum.bytes).sum();
    }

    /** Frames of one class. */
    long frames(FrameClass its) {
        Sum sum = sums.get(its);
        return sum == null ? 0 : sum.frames;
    }

    /** Bytes of the frames of one class. */
    long bytes(FrameClass its) {
        Sum sum = sums.get(its);
        return sum == null ? 0 : sum.bytes;
    }

    /** Frames by class, those that occurred. */
    Map<FrameClass, Long> byClass() {
        Map<FrameClass, Long> frames = new EnumMap<>(FrameClass.class);
        sums.forEach((its, sum) -> frames.put(its, sum.frames));
        return frames;
    }
}
