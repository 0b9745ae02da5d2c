package io.thicket.routing.engine;

/** What the answers to unicast messages tell of a link: expected transmissions and round-trip time (2.1). A part of a {@link Correspondence}. */
abstract sealed class UnicastQuality permits HopWindow {
    /** Experience older than this says nothing about now. */
    private static final long FRESH_MS = 120_000;

    private static final int COLD_SAMPLES = 4;
    private static final double COLD_ALPHA = 0.25;
    private static final double WARM_ALPHA = 0.1;

    /** What a message without any answer counts as, in transmissions. */
    private static final double FAILURE_TRANSMISSIONS = 12;

    /** Mean transmissions of answered messages below which a link loses little that its MAC does not repair. */
    private static final double RELIABLE_TRANSMISSIONS = 1.2;

    /** What a timeout becomes by an answer to a repeated message: CoCoA's weak estimator, with this weight. */
    private static final double WEAK_WEIGHT = 0.25;

    private static final double WEAK_FACTOR = 1.5;

    private double etx = 1;
    private byte samples;
    private long sampledAtMs;

    private byte answered;
    private double answeredTransmissions = 1;

    private double srttMs = -1;
    private double rttVarMs;
    private double rtoMs = -1;

    /** {@code elseEtx}: what is expected without experience. */
    final void onDelivered(long nowMs, int transmissions, double elseEtx) {
        double alpha = answered < COLD_SAMPLES ? COLD_ALPHA : WARM_ALPHA;
        answeredTransmissions = (1 - alpha) * answeredTransmissions + alpha * transmissions;
        answered = (byte) Math.min(COLD_SAMPLES, answered + 1);
        sample(nowMs, transmissions, elseEtx);
    }

    final void onUndelivered(long nowMs, double elseEtx) {
        sample(nowMs, FAILURE_TRANSMISSIONS, elseEtx);
    }

    private void sample(long nowMs, double transmissions, double elseEtx) {
        if (!isFresh(nowMs)) {
            samples = 0;
            etx = elseEtx;
        }
        double alpha = samples < COLD_SAMPLES ? COLD_ALPHA : WARM_ALPHA;
        etx = (1 - alpha) * etx + alpha * transmissions;
        samples = (byte) Math.min(COLD_SAMPLES, samples + 1);
        sampledAtMs = nowMs;
    }

    /** Whether {@link #etx} says something about now. */
    final boolean isFresh(long nowMs) {
        return samples > 0 && nowMs - sampledAtMs <= FRESH_MS;
    }

    final double etx() {
        return etx;
    }

    final boolean isProven(long nowMs, long withinMs, double most) {
        return samples > 0 && nowMs - sampledAtMs < withinMs && etx <= most;
    }

    final boolean isReliable() {
        return answeredTransmissions < RELIABLE_TRANSMISSIONS;
    }

    /** RFC 6298 s2; {@code leastMs} is the least that is added to the smoothed round trip. */
    final void onRoundTrip(long rttMs, double leastMs) {
        if (srttMs < 0) {
            srttMs = rttMs;
            rttVarMs = rttMs / 2.0;
        } else {
            rttVarMs = 0.75 * rttVarMs + 0.25 * Math.abs(srttMs - rttMs);
            srttMs = 0.875 * srttMs + 0.125 * rttMs;
        }
        double strong = srttMs + Math.max(4 * rttVarMs, leastMs);
        rtoMs = rtoMs < 0 ? strong : (rtoMs + strong) / 2;
    }

    final void onLateAnswer(long sinceFirstMs) {
        double weak = WEAK_FACTOR * sinceFirstMs;
        rtoMs = rtoMs < 0 ? weak : (1 - WEAK_WEIGHT) * rtoMs + WEAK_WEIGHT * weak;
    }

    /** The timeout, negative before the first answer. */
    final double rtoMs() {
        return rtoMs;
    }

    /** Smoothed round trip, negative before the first measurement. */
    final double srttMs() {
        return srttMs;
    }
}
