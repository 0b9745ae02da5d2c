package io.thicket.agent.outbox;

/**
 * Bounds of an outbox.
 *
 * @param maxReadings most readings kept, 1 to 1 000 000
 * @param maxAgeMs oldest reading kept
 */
public record OutboxLimits(int maxReadings, long maxAgeMs) {
    public OutboxLimits {
        if (maxReadings < 1 || maxReadings > 1_000_000 || maxAgeMs < 1) {
            throw new IllegalArgumentException("outbox of " + maxReadings + " readings, " + maxAgeMs + " ms");
        }
    }
}
