package io.thicket.sim.reference;

/**
 * The constants of RFC 8966 appendix B and the choices that it leaves open.
 *
 * @param helloIntervalMs between hellos
 * @param updateIntervalMs between full updates
 * @param hellosPerIhu every how many hellos each neighbour is told what is heard of it
 * @param cost how the cost of a link is made from hellos
 * @param gatewaysOnly whether only gateways announce themselves; else every node does
 * @param urgentDelayMs triggered updates and requests wait a uniform time up to this
 * @param hysteresis a route is left for one that is better by at least this, in units of 1/256 perfect hop
 * @param triggerThreshold a metric that changed by this much is announced at once
 * @param requestHops how far a seqno request may travel
 * @param requestTries how often an own seqno request is sent, in doubling times from 2 s
 */
public record BabelParameters(
        long helloIntervalMs,
        long updateIntervalMs,
        int hellosPerIhu,
        LinkCost cost,
        boolean gatewaysOnly,
        int urgentDelayMs,
        int hysteresis,
        int triggerThreshold,
        int requestHops,
        int requestTries) {
    /** RFC 8966 appendix A.2: how a link's cost comes from the hellos that were heard. */
    public enum LinkCost {
        /** A.2.2, for wireless links: expected transmissions, both directions. */
        ETX,
        /** A.2.1, for wired ones: up if two of the last three hellos came, at a fixed cost. */
        TWO_OF_THREE
    }

    /** RFC 8966 appendix B, wireless. */
    public static final BabelParameters RFC8966 =
            new BabelParameters(4_000, 16_000, 3, LinkCost.ETX, false, 200, 64, 512, 127, 3);

    /** RFC 8966 appendix B: hold times are 3.5 intervals. */
    private static final int HOLD_PER_CENT = 350;

    public BabelParameters {
        if (helloIntervalMs < 100 || updateIntervalMs < helloIntervalMs || hellosPerIhu < 1 || urgentDelayMs < 0) {
            throw new IllegalArgumentException("hello " + helloIntervalMs + " ms, update " + updateIntervalMs + " ms");
        }
        if (intervalOnWire(updateIntervalMs) > 0xffff || requestHops < 1 || requestHops > 255 || requestTries < 1) {
            throw new IllegalArgumentException("update " + updateIntervalMs + " ms, request " + requestHops + " hops");
        }
    }

    public BabelParameters withCost(LinkCost value) {
        return new BabelParameters(
                helloIntervalMs,
                updateIntervalMs,
                hellosPerIhu,
                value,
                gatewaysOnly,
                urgentDelayMs,
                hysteresis,
                triggerThreshold,
                requestHops,
                requestTries);
    }

    public BabelParameters withGatewaysOnly(boolean value) {
        return new BabelParameters(
                helloIntervalMs,
                updateIntervalMs,
                hellosPerIhu,
                cost,
                value,
                urgentDelayMs,
                hysteresis,
                triggerThreshold,
                requestHops,
                requestTries);
    }

    public BabelParameters withIntervals(long helloMs, long updateMs) {
        return new BabelParameters(
                helloMs,
                updateMs,
                hellosPerIhu,
                cost,
                gatewaysOnly,
                urgentDelayMs,
                hysteresis,
                triggerThreshold,
                requestHops,
                requestTries);
    }

    /** Intervals travel in centiseconds. */
    static int intervalOnWire(long ms) {
        return (int) (ms / 10);
    }

    /** How long something announced every {@code intervalOnWire} centiseconds is believed. */
    static long holdMs(int intervalOnWire) {
        return 10L * intervalOnWire * HOLD_PER_CENT / 100;
    }
}
