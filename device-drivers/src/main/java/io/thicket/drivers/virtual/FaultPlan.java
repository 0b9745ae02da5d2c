package io.thicket.drivers.virtual;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What goes wrong on the line of a virtual device, each with its probability for a frame: {@code drop} (it does not come), {@code
 * flip} (one bit is wrong), {@code cut} (its end is missing), {@code glitch} (a zero byte before it), {@code stuck} (the one before
 * comes again).
 */
public final class FaultPlan {
    private static final Set<String> KINDS = Set.of("drop", "flip", "cut", "glitch", "stuck");

    private final Map<String, Double> probabilities;
    private byte[] before = new byte[0];

    private FaultPlan(Map<String, Double> probabilities) {
        this.probabilities = new LinkedHashMap<>(probabilities);
    }

    /** Reads {@code drop=0.01, flip=0.02}; a fault is an {@link IllegalArgumentException} that says what is allowed. */
    public static FaultPlan parse(String text) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (String item : text.split(",")) {
            if (item.isBlank()) {
                continue;
            }
            int equals = item.indexOf('=');
            String kind = equals < 0 ? item.strip() : item.substring(0, equals).strip();
            String number = equals < 0 ? "" : item.substring(equals + 1).strip();
            if (!KINDS.contains(kind) || !number.matches("(0(\\.[0-9]{1,9})?|1(\\.0+)?)")) {
                throw new IllegalArgumentException(
                        "'" + item.strip()
                                + "' should look like drop=0.01, with a probability of 0 to 1; faults are drop, flip, cut, glitch, stuck");
            }
            probabilities.put(kind, Double.parseDouble(number));
        }
        return new FaultPlan(probabilities);
    }

    /** What comes over the line of a frame that was sent. */
    public byte[] apply(byte[] frame, RandomGenerator random) {
        byte[] sent = happens("stuck", random) && before.length > 0 ? before : frame;
        before = sent;
        if (happens("drop", random)) {
            return new byte[0];
        }
        byte[] bytes = sent.clone();
        if (happens("flip", random)) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (happens("cut", random)) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        if (happens("glitch", random)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0);
            out.writeBytes(bytes);
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private boolean happens(String kind, RandomGenerator random) {
        double probability = probabilities.getOrDefault(kind, 0.0);
        return probability > 0 && random.nextDouble() < probability;
    }
}
