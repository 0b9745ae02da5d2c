package io.thicket.routing.engine;

import org.jspecify.annotations.Nullable;

/**
 * What one neighbour session's link is worth: HELLO history, unicast ETX and round-trip time (2.1, 2.3). Pure
 * arithmetic; the caller says what happened and when. A node has one for each neighbour, and sends to few of them, so the
 * {@link Correspondence} is made with the first message.
 *
 * <p>A session extends it: both are wanted with each HELLO, and two objects would be two places in memory to wait for. The costs of
 * many neighbours are compared with each advert; the JVM keeps what stands here together, in front of the rest of a session.
 */
abstract class LinkQuality {
    /** HELLOs remembered. */
    private static final int HISTORY_BITS = 16;

    static final double MAX_ETX = 100;

    /** Of 32 bits: what costs more is unreachable whatever it costs. */
    int cost;

    private char history;

    /** HELLOs that the history is about, 0 before the first. */
    private byte expected;

    /** The low half of a number of 32 bits. */
    private int lastHelloSeq;

    private byte heardByThemPercent = 100;

    /** Null as long as nothing is sent to the neighbour. */
    @Nullable
    Correspondence correspondence;

    /** Of the link's class. */
    abstract RoutingParameters parameters();

    /** A HELLO with this number, of 32 bits, arrived. False if it is not newer than the last: then its content is stale, too. */
    boolean onHello(long helloSeq) {
        long ahead = helloSeq - Integer.toUnsignedLong(lastHelloSeq);
        if (expected > 0 && ahead <= 0) {
            return false;
        }
        int steps = expected == 0 ? 1 : (int) Math.min(HISTORY_BITS, ahead);
        history = (char) (history << steps | 1);
        expected = (byte) Math.min(HISTORY_BITS, expected + steps);
        lastHelloSeq = (int) helloSeq;
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
        correspondence().onDelivered(nowMs, transmissions, helloEtx());
    }

    /**
     * Whether what is answered is nearly always answered at once, or nothing was asked yet: then silence means that the neighbour is
     * gone. What was given up does not count, so a neighbour that left and returned is still reliable.
     */
    boolean isReliable() {
        return correspondence == null || correspondence.isReliable();
    }

    /** A unicast message was given up. */
    void onUndelivered(long nowMs) {
        correspondence().onUndelivered(nowMs, helloEtx());
    }

    /** RFC 6298 s2, with the class's floor and ceiling; only from messages sent once (Karn). */
    void onRoundTrip(long rttMs) {
        correspondence().onRoundTrip(rttMs, parameters().rtoFloorMs() / 2.0);
    }

    /**
     * A message that was repeated was answered so long after its first transmission. Without this a queue that grew beyond the
     * timeout would have everything sent twice, and no message sent once would ever tell.
     */
    void onLateAnswer(long sinceFirstMs) {
        correspondence().onLateAnswer(sinceFirstMs);
    }

    /** Whether {@link #rtoMs} comes from answers. */
    boolean isTimed() {
        return correspondence != null && correspondence.rtoMs() >= 0;
    }

    long rtoMs() {
        return correspondence == null || correspondence.rtoMs() < 0
                ? parameters().rtoInitMs()
                : Math.max(
                        parameters().rtoFloorMs(),
                        Math.min(
                                Math.round(correspondence.rtoMs()), parameters().rtoCeilingMs()));
    }

    /** Smoothed round trip in ms, -1 before the first measurement. */
    double srttMs() {
        return correspondence == null ? -1 : correspondence.srttMs();
    }

    /** Half a round trip: what a frame adds to a message's age on its way. */
    long transitMs() {
        double srttMs = srttMs();
        return srttMs < 0 ? 1 : Math.max(1, Math.round(srttMs / 2));
    }

    /** Expected transmissions: unicast experience while fresh, else 1/(df*dr) of the HELLO histories. */
    double etx(long nowMs) {
        return correspondence != null && correspondence.isFresh(nowMs)
                ? Math.min(MAX_ETX, correspondence.etx())
                : helloEtx();
    }

    private double helloEtx() {
        double probability = heardByThemPercent / 100.0 * receivedPercent() / 100.0;
        return Math.min(MAX_ETX, 1 / Math.max(1 / MAX_ETX, probability));
    }

    /** Whether a unicast message was acknowledged within {@code withinMs}, and hardly one needs more than one transmission. */
    boolean isProven(long nowMs, long withinMs, double etx) {
        return correspondence != null && correspondence.isProven(nowMs, withinMs, etx);
    }

    final Correspondence correspondence() {
        Correspondence made = correspondence;
        if (made == null) {
            made = new Correspondence(parameters().windowMax());
            correspondence = made;
        }
        return made;
    }
}
