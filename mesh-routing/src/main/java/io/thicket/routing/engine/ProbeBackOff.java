package io.thicket.routing.engine;

/**
 * When one neighbour may be asked again whether it is there. What is heard but does not answer may be congested, so each probe in vain
 * doubles the time to the next, from the third one on. A probe that never left, for want of airtime, was none.
 */
final class ProbeBackOff {
    /** A failed link is probed again after this time at the earliest. */
    static final long RETRY_MS = 1_000;

    /** And, on slow links, after so many first timeouts: a probe in vain takes more than that. */
    private static final int RETRY_TIMEOUTS = 4;

    /** Probes in vain before the time between two of them doubles. */
    private static final int AT_ONCE = 2;

    private static final int MAX_DOUBLINGS = 6;

    /** Whoever moves is near for half a minute or so. */
    private static final int MAX_DOUBLINGS_RESTLESS = 2;

    private final long retryMs;
    private long askedAtMs = Long.MIN_VALUE / 2;
    private int failures;

    ProbeBackOff(RoutingParameters parameters) {
        this.retryMs = Math.max(RETRY_MS, RETRY_TIMEOUTS * parameters.rtoInitMs());
    }

    /** A probe left. */
    void asked(long nowMs) {
        askedAtMs = nowMs;
    }

    /** The probe ended before anybody could know: there was no airtime for its repetitions. It may be sent anew. */
    void undecided() {
        askedAtMs = Long.MIN_VALUE / 2;
    }

    /** Nobody answered. */
    void failed() {
        failures++;
    }

    /** The link proved itself, or this is another encounter. */
    void forget() {
        failures = 0;
    }

    /** Whether the neighbour was heard since it was last asked. */
    boolean isHeardSince(long heardAtMs) {
        return heardAtMs - askedAtMs > 0;
    }

    boolean isDue(long nowMs, boolean restless) {
        int most = restless ? MAX_DOUBLINGS_RESTLESS : MAX_DOUBLINGS;
        int doublings = Math.max(0, Math.min(failures - AT_ONCE, most));
        return nowMs - askedAtMs >= retryMs << doublings;
    }
}
