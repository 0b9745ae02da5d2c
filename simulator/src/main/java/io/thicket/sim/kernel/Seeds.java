package io.thicket.sim.kernel;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Splits one seed by purpose and number, so that a draw more in one place does not disturb any other.
 *
 * <p>The seed of (purpose, n) is {@code mix(mix(root ^ fnv1a64(purpose)) + (n + 1) * golden)} with the 64-bit finalizer of
 * SplitMix64 and its golden-ratio step; the generator is {@link SplittableRandom} on it, whose algorithm the JDK
 * documents. Purposes in use: {@code topology}, {@code medium} (per directed link), {@code node}, {@code identity},
 * {@code sensor}, {@code clock}.
 */
public record Seeds(long root) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** The seed of {@code purpose}, number {@code index}. */
    public long seed(String purpose, long index) {
        return mix(mix(root ^ fnv1a64(purpose)) + (index + 1) * GOLDEN);
    }

    /** A generator of {@code purpose}, number {@code index}; always the same for the same root. */
    public RandomGenerator generator(String purpose, long index) {
        return new SplittableRandom(seed(purpose, index));
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

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
