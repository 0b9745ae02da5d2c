package io.thicket.routing.engine;

/**
 * How much of this node's traffic one link carries: so much that HELLOs have little to say ({@link HelloThinning}), or more than fits, so that
 * control traffic which can wait has to (2.7).
 */
final class LinkLoad {
    /** So many frames in Imax: one a second on Wi-Fi. */
    static final int BUSY_FRAMES = 60;

    /** So many messages that wait while frames are answered are more than the medium takes. */
    static final int CONGESTED_BACKLOG = 4;

    /**
     * A link that carried fewer frames than this in Imax, and the last one at once, is not full: messages that share a frame are no backlog
     * there.
     */
    static final int CONGESTED_FRAMES = 30;

    /** If it lasts so long: where a node died there is a backlog, too, until there is a way round it. */
    static final long LASTING_MS = 5_000;

    private final RoutingParameters parameters;
    private long halfStartedMs;

    // Up to BUSY_FRAMES each.
    private byte before;
    private byte now;
    private boolean backlog;
    private long backlogSinceMs;

    /** The lower half of its time: of weeks ago it says at worst that the link is congested, for one Imax. */
    private int tookAtMs;

    private long congestedUntilMs;

    LinkLoad(RoutingParameters parameters, long nowMs) {
        this.parameters = parameters;
        this.halfStartedMs = nowMs;
        this.congestedUntilMs = nowMs;
    }

    /** The link came up: what it carried before says nothing. */
    void restart(long nowMs) {
        halfStartedMs = nowMs;
        before = 0;
        now = 0;
        backlog = false;
        congestedUntilMs = nowMs;
    }

    /**
     * A frame that a neighbour has to answer was sent, for the first time or again: where half of them are lost, the answered ones alone would
     * not tell how full the link is.
     */
    void sent(long nowMs) {
        roll(nowMs);
        now = (byte) Math.min(now + 1, BUSY_FRAMES);
    }

    /**
     * A neighbour took a frame of data or has no room for it, with {@code waiting} messages that go over this link, the frame's own still
     * among them: where the medium is full that frame may be all there is; {@code repeated} if
     * it had to be sent again. What waits where only probes are answered, or nothing, waits for a way (sequence 36).
     */
    void took(long nowMs, int waiting, boolean repeated) {
        roll(nowMs);
        if (waiting < CONGESTED_BACKLOG || !repeated && before + now < CONGESTED_FRAMES) {
            backlog = false;
            return;
        }
        if (!backlog || (int) nowMs - tookAtMs >= LASTING_MS) {
            backlog = true; // or it is another one: nothing was answered for so long
            backlogSinceMs = nowMs;
        }
        tookAtMs = (int) nowMs;
        if (nowMs - backlogSinceMs >= LASTING_MS) {
            congestedUntilMs = nowMs + 2 * halfMs();
        }
    }

    /** Of the last Imax, or half of it at least; a congested one is busy, too: who has to wait sends little. */
    boolean isBusy(long nowMs) {
        roll(nowMs);
        return isCongested(nowMs) || before + now >= BUSY_FRAMES;
    }

    /** Whether there was more than fits within the last Imax. */
    boolean isCongested(long nowMs) {
        return congestedUntilMs - nowMs > 0;
    }

    private long halfMs() {
        return Math.max(1, parameters.helloMaxMs() / 2);
    }

    private void roll(long nowMs) {
        long halfMs = halfMs();
        long halves = (nowMs - halfStartedMs) / halfMs;
        if (halves > 0) {
            before = halves == 1 ? now : 0;
            now = 0;
            halfStartedMs += halves * halfMs;
        }
    }
}
