package io.thicket.sim.kernel;

import io.thicket.routing.table.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Splits one seed by purpose and number, so that a draw more in one place does not disturb any other.
 *
 * <p>The seed of (purpose, n) is {@code mix(mix(root ^ fnv1a64(purpose)) + (n + 1) * golden)} with the 64-bit finalizer of
 * SplitMix64 and its golden-ratio step; the generator is a {@link SplitMix} on it, which draws what the JDK's
 * {@code SplittableRandom} does. Purposes in use: {@code topology}, {@code medium} (per directed link), {@code node}, {@code identity},
 * {@code sensor}, {@code clock}.
 */
public record Seeds(long root) {
    /** The seed of {@code purpose}, number {@code index}. */
    public long seed(String purpose, long index) {
        return SplitMix64.mix(SplitMix64.mix(root ^ fnv1a64(purpose)) + (index + 1) * SplitMix.GOLDEN);
    }

    /** A generator of {@code purpose}, number {@code index}; always the same for the same root. */
    public RandomGenerator generator(String purpose, long index) {
        return new SplitMix(seed(purpose, index));
    }

    /** A generator of a purpose that exists once. */
    public RandomGenerator generator(String purpose) {
        return generator(purpose, 0);
    }

    /** {@code length} bytes of {@code purpose}, number {@code index}: keys and the like. */
    public byte[] bytes(String purpose, long index, int length) {
        byte[] bytes = new byte[length];
        generator(purpose, index).nextBytes(bytes);
        return bytes;
    }

    /** As people write it: {@code 0x5eed}. */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(root);
    }

    /** Reads a decimal or {@code 0x} number. */
    public static Seeds parse(String text) {
        try {
            return new Seeds(
                    text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a seed is a number such as 42 or 0x5eed, not '" + text + "'", e);
        }
    }

    private static long fnv1a64(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
