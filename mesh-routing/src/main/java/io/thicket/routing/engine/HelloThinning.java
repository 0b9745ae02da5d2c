package io.thicket.routing.engine;

/**
 * Every second regular HELLO of a busy link is left out if it would say nothing new: who answers data is there, and how good the link is shows
 * with every frame. Fewer of them make room where the medium is full (sequence 29: control falls under congestion). News, above all a gateway's
 * next Seq, go out as they always do, and twice since one HELLO may be lost: else a Seq would not reach the end of a long way in its life.
 */
final class HelloThinning {
    /** The longest interval that a busy link announces, in Imax. */
    static final int INTERVALS = 2;

    private static final int NEWS_SAID = 2;

    private final RoutingParameters parameters;

    /** The lower half of its time: one is sent long before that comes round. */
    private int sentMs;

    private long said;
    private byte timesSaid;

    /** The last one announced more than Imax. */
    private boolean stretched;

    HelloThinning(RoutingParameters parameters) {
        this.parameters = parameters;
    }

    /** What a HELLO announces, if Trickle would announce {@code intervalMs}. */
    long announcedMs(long intervalMs, boolean busy) {
        return busy && intervalMs >= parameters.helloMaxMs() ? intervalMs * INTERVALS : intervalMs;
    }

    /** A HELLO was sent, a regular one or another, whose news have the hash {@code news}. */
    void sent(long nowMs, long news, long intervalMs) {
        timesSaid = (byte) (timesSaid > 0 && news == said ? Math.min(timesSaid + 1, NEWS_SAID) : 1);
        said = news;
        sentMs = (int) nowMs;
        stretched = intervalMs > parameters.helloMaxMs();
    }

    /** Something is new that the hash does not tell: the next regular HELLO is not left out. */
    void unsaid() {
        timesSaid = (byte) Math.min(timesSaid, NEWS_SAID - 1);
    }

    /** Whether the regular HELLO that is due can be left out. The one before it was not, unless there was another meanwhile. */
    boolean isSpare(long nowMs, long news, boolean busy) {
        return busy
                && stretched
                && timesSaid >= NEWS_SAID
                && news == said
                && (int) nowMs - sentMs < parameters.helloMaxMs() * 3 / 2;
    }
}
