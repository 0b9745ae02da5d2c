package io.thicket.routing.engine;

import io.thicket.routing.wire.Probe;
import org.jspecify.annotations.Nullable;

/**
 * What came of all that was sent to one neighbour, and of what it handed over. With most neighbours there is none, they are only heard. One
 * object with the window and the quality of the way there: a frame that is sent or answered looks at all of it.
 */
final class Correspondence extends GrantedExchanges {
    private long lastReplyMs = Neighbor.LONG_AGO_MS;

    private byte failuresInRow;

    /** The last answer came over a link that needs repetitions. */
    boolean lossyWhenAnswered;

    // Made when they are needed: most neighbours are asked nothing, and answer replies.
    private @Nullable ProbeBackOff probes;
    private @Nullable ReplyFailures replyFailures;

    /** Its own from the first loss until a frame as large is answered. */
    private LargeFrames largeFrames = LargeFrames.NOTHING_LOST;

    /** {@code windowMax}: see {@link HopWindow}. */
    Correspondence(int windowMax) {
        super(windowMax);
    }

    /** When it last answered anything. */
    long lastReplyMs() {
        return lastReplyMs;
    }

    /** Messages that exhausted their repetitions since the last answer; more than anybody asks for are counted no further. */
    int failuresInRow() {
        return failuresInRow;
    }

    /** One more of them. */
    void failed() {
        failuresInRow = (byte) Math.min(Byte.MAX_VALUE, failuresInRow + 1);
    }

    /** The neighbour answered a frame of so many bytes. */
    void answered(long nowMs, int bytes) {
        lastReplyMs = nowMs;
        failuresInRow = 0;
        answered();
        if (isAnyLost() && largeFrames.isDisproved(nowMs, bytes)) {
            forgetLargeFrames();
        }
    }

    /** For what changes them. */
    ProbeBackOff probes(RoutingParameters parameters) {
        ProbeBackOff made = probes;
        if (made == null) {
            made = new ProbeBackOff(parameters);
            probes = made;
        }
        return made;
    }

    /** The link proved itself, or this is another encounter: what failed before says nothing any more. */
    void forgetFailedProbes() {
        if (probes != null) {
            probes.forget();
        }
    }

    /** A probe with this number, as large as it has to be. */
    Probe probe(long nowMs, long number, int mtuBytes) {
        return largeFrames.probe(nowMs, number, mtuBytes);
    }

    /** See {@link LargeFrames#lost}. */
    void lost(int bytes, int most) {
        if (!isAnyLost()) {
            largeFrames = new LargeFrames();
        }
        largeFrames.lost(bytes, most);
    }

    /** A probe exhausted its repetitions. */
    void probeLost(long nowMs, boolean padded, RoutingParameters parameters) {
        probes(parameters).failed();
        if (isAnyLost()) {
            largeFrames.probeLost(nowMs, padded);
        }
    }

    /** This is another encounter. */
    void forgetLargeFrames() {
        largeFrames = LargeFrames.NOTHING_LOST;
    }

    /** What is known of frames that are too large for the link; for reading only. */
    LargeFrames largeFrames() {
        return largeFrames;
    }

    @SuppressWarnings("ReferenceEquality") // one object stands for all who lost nothing
    private boolean isAnyLost() {
        return largeFrames != LargeFrames.NOTHING_LOST;
    }

    boolean isProbeDue(long nowMs, boolean restless) {
        return probes == null || probes.isDue(nowMs, restless);
    }

    /** Whether the neighbour was heard since it was last asked. */
    boolean isHeardSinceProbe(long heardAtMs) {
        return probes == null || probes.isHeardSince(heardAtMs);
    }

    /** Whether it left replies unanswered just now. */
    boolean isLastChoice(long nowMs) {
        return replyFailures != null && replyFailures.isLastChoice(nowMs);
    }

    void replyAnswered() {
        replyFailures = null;
    }

    void replyFailed(long nowMs) {
        ReplyFailures made = replyFailures;
        if (made == null) {
            made = new ReplyFailures();
            replyFailures = made;
        }
        made.add(nowMs);
    }
}
