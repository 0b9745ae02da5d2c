package io.thicket.routing.engine;

/**
 * What one neighbour session's link is worth: HELLO history, unicast ETX and round-trip time (2.1, 2.3). Pure
 * arithmetic; the caller says what happened and when.
 */
final class LinkQuality {
    /** HELLOs remembered. */
    private static final int HISTORY_BITS = 16;

    /** A unicast ETX older than this says nothing about now. */
    private static final long FRESH_MS = 120_000;

    private static final int COLD_SAMPLES = 4;
    private static final double COLD_ALPHA = 0.25;
    private static final double WARM_ALPHA = 0.1;

    /** What a message without any answer counts as, in transmissions. */
    private static final double FAILURE_TRANSMISSIONS = 12;

    private static final double MAX_ETX = 100;

    /** Mean transmissions of answered messages below which a link loses little that its MAC does not repair. */
    private static final double RELIABLE_TRANSMISSIONS = 1.2;

    /** What a timeout becomes by an answer to a repeated message: CoCoA's weak estimator, with this weight. */
    private static final double WEAK_WEIGHT = 0.25;

    private static final double WEAK_FACTOR = 1.5;

    private final RoutingParameters parameters;

    // Small numbers are small fields: a node has one of these for each neighbour.
    private char history;
    private byte expected;
    private long lastHelloSeq = -1;
    private byte heardByThemPercent = 100;

    private double unicastEtx = 1;
    private byte unicastSamples;
    private long unicastAtMs;

    private byte answered;
    private double answeredTransmissions = 1;

    private double srttMs = -1;
    private double rttVarMs;
    private double rtoMs = -1;

    LinkQuality(RoutingParameters parameters) {
        this.parameters = parameters;
    }

    /** A HELLO with this number arrived. False if it is not newer than the last: then its content is stale, too. */
    boolean onHello(long helloSeq) {
        if (lastHelloSeq >= 0 && helloSeq <= lastHelloSeq) {
            return false;
        }
        int steps = lastHelloSeq < 0 ? 1 : (int) Math.min(HISTORY_BITS, helloSeq - lastHelloSeq);
        history = (char) (history << steps | 1);
        expected = (byte) Math.min(HISTORY_BITS, expected + steps);
        lastHelloSeq = helloSeq;
        return true;
    }

    /** The share of my HELLOs that the neighbour reports to have heard, in percent. */
    void onHeardByThem(int percent) {
        heardByThemPercent = (byte) Math.max(1, Math.min(100, percent));
    }

    /** The share of the neighbour's HELLOs heard here, in percent; what my own HELLO reports. */
    int receivedPercent() {
        return expected == 0 ? 100 : Math.max(1, 100 * Integer.bitCount(history) / expected);
    }

    /** A unicast message was acknowledged after this many transmissions. */
    void onDelivered(long nowMs, int transmissions) {
        double alpha = answered < COLD_SAMPLES ? COLD_ALPHA : WARM_ALPHA;
        answeredTransmissions = (1 - alpha) * answeredTransmissions + alpha * transmissions;
        answered = (byte) Math.min(COLD_SAMPLES, answered + 1);
        sample(nowMs, transmissions);
    }

    /**
     * Whether what is answered is nearly always answered at once, or nothing was asked yet: then silence means that the neighbour is
     * gone. What was given up does not count, so a neighbour that left and returned is still reliable.
     */
    boolean isReliable() {
        return answeredTransmissions < RELIABLE_TRANSMISSIONS;
    }

    /** A unicast message was given up. */
    void onUndelivered(long nowMs) {
        sample(nowMs, FAILURE_TRANSMISSIONS);
    }

    /** RFC 6298 s2, with the class's floor and ceiling; only from messages sent once (Karn). */
    void onRoundTrip(long rttMs) {
        if (srttMs < 0) {
            srttMs = rttMs;
            rttVarMs = rttMs / 2.0;
        } else {
            rttVarMs = 0.75 * rttVarMs + 0.25 * Math.abs(srttMs - rttMs);
            srttMs = 0.875 * srttMs + 0.125 * rttMs;
        }
        double strong = srttMs + Math.max(4 * rttVarMs, parameters.rtoFloorMs() / 2.0);
        rtoMs = rtoMs < 0 ? strong : (rtoMs + strong) / 2;
    }

    /**
     * A message that was repeated was answered so long after its first transmission. Without this a queue that grew beyond the
     * timeout would have everything sent twice, and no message sent once would ever tell.
     */
    void onLateAnswer(long sinceFirstMs) {
        double weak = WEAK_FACTOR * sinceFirstMs;
        rtoMs = rtoMs < 0 ? weak : (1 - WEAK_WEIGHT) * rtoMs + WEAK_WEIGHT * weak;
    }

    /** Whether {@link #rtoMs} comes from answers. */
    boolean isTimed() {
        return rtoMs >= 0;
    }

    long rtoMs() {
        return rtoMs < 0
                ? parameters.rtoInitMs()
                : Math.max(parameters.rtoFloorMs(), Math.min(Math.round(rtoMs), parameters.rtoCeilingMs()));
    }

    /** Smoothed round trip in ms, -1 before the first measurement. */
    double srttMs() {
        return srttMs;
    }

    /** Half a round trip: what a frame adds to a message's age on its way. */
    long transitMs() {
        return srttMs < 0 ? 1 : Math.max(1, Math.round(srttMs / 2));
    }

    /** Expected transmissions: unicast experience while fresh, else 1/(df*dr) of the HELLO histories. */
    double etx(long nowMs) {
        if (unicastSamples > 0 && nowMs - unicastAtMs <= FRESH_MS) {
            return Math.min(MAX_ETX, unicastEtx);
        }
        double probability = heardByThemPercent / 100.0 * receivedPercent() / 100.0;
        return Math.min(MAX_ETX, 1 / Math.max(1 / MAX_ETX, probability));
    }

    /** Whether a unicast message was acknowledged within {@code withinMs}, and hardly one needs more than one transmission. */
    boolean isProven(long nowMs, long withinMs, double etx) {
        return unicastSamples > 0 && nowMs - unicastAtMs < withinMs && unicastEtx <= etx;
    }

    private void sample(long nowMs, double transmissions) {
        if (unicastSamples > 0 && nowMs - unicastAtMs > FRESH_MS) {
            unicastSamples = 0;
        }
        if (unicastSamples == 0) {
            unicastEtx = etx(nowMs);
        }
        double alpha = unicastSamples < COLD_SAMPLES ? COLD_ALPHA : WARM_ALPHA;
        unicastEtx = (1 - alpha) * unicastEtx + alpha * transmissions;
        unicastSamples = (byte) Math.min(COLD_SAMPLES, unicastSamples + 1);
        unicastAtMs = nowMs;
    }
}
