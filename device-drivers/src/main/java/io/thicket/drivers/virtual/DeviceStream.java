package io.thicket.drivers.virtual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The bytes of a device that does not exist, out of its description: values that wander around those of its example, and
 * what goes wrong on the line.
 */
public final class DeviceStream {
    /** A step is at most this part of the value. */
    private static final double STEP = 0.02;

    private final List<VirtualFrames> encoders;
    private final FaultPlan faults;
    private final RandomGenerator random;
    private final Map<String, ValueSource> sources = new LinkedHashMap<>();

    /** @param encoders one for each kind of message that it sends, in this order; a value has the same course in all of them */
    public DeviceStream(List<? extends VirtualFrames> encoders, FaultPlan faults, RandomGenerator random) {
        this.encoders = List.copyOf(encoders);
        this.faults = faults;
        this.random = random;
        this.encoders.forEach(this::begin);
    }

    private void begin(VirtualFrames encoder) {
        encoder.values().forEach((name, value) -> {
            double spread = Math.max(1, Math.abs(value));
            double[] range = encoder.range(name);
            double min = Math.max(range[0], value < 0 ? value - spread : 0);
            double max = Math.min(range[1], value + spread);
            sources.putIfAbsent(
                    name, ValueSource.randomWalk(value, spread * STEP, Math.min(min, value), Math.max(max, value)));
        });
    }

    /** What comes of the next frames, one of each kind, sent {@code elapsedMs} after the device began. */
    public List<byte[]> next(long elapsedMs) {
        Map<String, Double> values = new LinkedHashMap<>();
        sources.forEach((name, source) -> values.put(name, source.next(elapsedMs, random)));
        return encoders.stream()
                .map(encoder -> faults.apply(encoder.encode(values), random))
                .toList();
    }
}
