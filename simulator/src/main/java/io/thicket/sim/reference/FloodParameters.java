package io.thicket.sim.reference;

/**
 * Settings of managed flooding.
 *
 * @param hopLimit how often a message may be relayed and heard again, 1 to 255; Meshtastic allows 7 at most
 * @param relayDelayMs a relay waits a uniform time up to this and keeps silent if it hears another one meanwhile
 * @param originRepeats how often the origin transmits again if it hears nobody relay, for messages to be settled
 * @param repeatAfterMs how long it listens for that, and the delay of relays on top
 * @param memoryMs how long a message is remembered as seen
 * @param cancelOnDuplicate whether hearing another relay ends the own one; false is blind flooding
 */
public record FloodParameters(
        int hopLimit,
        int relayDelayMs,
        int originRepeats,
        long repeatAfterMs,
        long memoryMs,
        boolean cancelOnDuplicate) {
    /** Meshtastic's limits, with delays that suit Wi-Fi. */
    public static final FloodParameters USUAL = new FloodParameters(7, 50, 2, 200, 600_000, true);

    public FloodParameters {
        if (hopLimit < 1 || hopLimit > 255 || relayDelayMs < 0 || originRepeats < 0 || repeatAfterMs < 1) {
            throw new IllegalArgumentException("hop limit " + hopLimit + ", delay " + relayDelayMs + " ms");
        }
        if (memoryMs < 1) {
            throw new IllegalArgumentException("memory of " + memoryMs + " ms");
        }
    }

    public FloodParameters withHopLimit(int hops) {
        return new FloodParameters(hops, relayDelayMs, originRepeats, repeatAfterMs, memoryMs, cancelOnDuplicate);
    }

    public FloodParameters withRelayDelay(int ms) {
        return new FloodParameters(hopLimit, ms, originRepeats, repeatAfterMs, memoryMs, cancelOnDuplicate);
    }

    public FloodParameters withOriginRepeats(int repeats) {
        return new FloodParameters(hopLimit, relayDelayMs, repeats, repeatAfterMs, memoryMs, cancelOnDuplicate);
    }

    public FloodParameters withCancelOnDuplicate(boolean value) {
        return new FloodParameters(hopLimit, relayDelayMs, originRepeats, repeatAfterMs, memoryMs, value);
    }
}
