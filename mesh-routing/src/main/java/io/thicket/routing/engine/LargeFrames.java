package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Probe;

/**
 * Whether large frames get to a neighbour that answers small ones (2.7). There are links that carry nothing beyond some size: a tunnel, a
 * weak radio, somebody in between who keeps what is large. A small probe is answered there each time, and says nothing of what was lost.
 *
 * <pre>
 *   COUNTED ---(messages lost in a row, but for smaller frames)---> SUSPECTED: probes are as large as what was lost, nothing smaller proves the link
 *   SUSPECTED -(probes in vain, time enough for another way)------> KNOWN: small frames are better than none, at the cost of a link that loses all
 *              each ten minutes one probe is as large as what was lost
 *   any -------(a frame as large as the smallest lost is answered)> forgotten
 * </pre>
 */
final class LargeFrames {
    /** Probes in vain before small frames are taken to be all that the link carries. */
    static final int MAX_PROBES = 3;

    /** How often is tried afterwards whether large ones get there again. */
    static final long TEST_MS = 600_000;

    /** The lengths of CBOR come in steps: a probe may be so much smaller than what it stands for. */
    private static final int STEP_BYTES = 3;

    /** The head of the padding: its key, its length. */
    private static final int PADDING_HEAD_BYTES = 4;

    private enum State {
        COUNTED,
        SUSPECTED,
        KNOWN
    }

    private State state = State.COUNTED;

    /** The smallest frame that was lost since one as large was answered. */
    private int lostBytes = Integer.MAX_VALUE;

    /** Messages lost since. */
    private byte lost;

    private boolean smallerAnswered;
    private byte probesLost;

    /** When a large one was lost last, once that is known. */
    private long triedAtMs;

    /** A message of so many bytes exhausted its repetitions, or moved on; {@code most} of them, while smaller ones are answered, are no chance. */
    void lost(int bytes, int most) {
        lostBytes = Math.min(lostBytes, bytes);
        lost = (byte) Math.min(lost + 1, Byte.MAX_VALUE);
        if (state == State.COUNTED && smallerAnswered && lost >= most) {
            state = State.SUSPECTED;
        }
    }

    /** A probe exhausted its repetitions. */
    void probeLost(long nowMs) {
        triedAtMs = isTestDue(nowMs) ? nowMs : triedAtMs;
        if (state == State.SUSPECTED && ++probesLost >= MAX_PROBES) {
            state = State.KNOWN;
            triedAtMs = nowMs;
        }
    }

    /** A frame of so many bytes was answered. Whether it is as large as one that was lost, so that nothing is left to be remembered. */
    boolean isDisproved(int bytes) {
        smallerAnswered |= bytes + STEP_BYTES < lostBytes;
        return bytes + STEP_BYTES >= lostBytes;
    }

    /** Whether a probe as large as what was lost must be answered before anything else is sent. */
    boolean areSuspected() {
        return state == State.SUSPECTED;
    }

    /** Whether the link is one for small frames. */
    boolean areKnownLost() {
        return state == State.KNOWN;
    }

    /** Whether it is time to try a large one again. */
    boolean isTestDue(long nowMs) {
        return state == State.KNOWN && nowMs - triedAtMs >= TEST_MS;
    }

    /** The largest frame that may get there. */
    int mtuBytes() {
        return areKnownLost() ? Math.max(LinkInfo.MIN_MTU_BYTES, lostBytes - 1) : LinkInfo.MAX_MTU_BYTES;
    }

    /** A probe with this number, as large as what was lost if that is in question. */
    Probe probe(long nowMs, long number) {
        Probe small = new Probe(number);
        int bytes = FrameForm.UNICAST.overheadBytes() + FrameCodec.encodedBytes(small) + PADDING_HEAD_BYTES;
        boolean large = areSuspected() || isTestDue(nowMs);
        return large && bytes < lostBytes ? new Probe(number, lostBytes - bytes) : small;
    }
}
