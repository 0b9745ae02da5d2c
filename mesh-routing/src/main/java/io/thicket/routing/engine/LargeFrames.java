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
 *   messages lost in a row, but for smaller frames -> suspected: probes are as large as what was lost, nothing smaller proves the link
 *   such a probe in vain, then a small one answered, three times -> known: small frames are better than none, at the cost of a hundred hops
 *   such a probe in vain, then a small one, too -> all forgotten: it is away
 *   known -> ever more rarely, each ten minutes in the end, one probe is as large as what is lost
 *   a frame as large as that is answered -> forgotten
 * </pre>
 */
final class LargeFrames {
    /** Pairs of probes before small frames are taken to be all that the link carries. */
    static final int MAX_PROBES = 3;

    /** When is tried for the first time whether large ones get there again, and how often in the end. */
    static final int FIRST_TEST_MS = 15_000;

    static final int TEST_MS = 600_000;

    /** The lengths of CBOR come in steps: a probe may be so much smaller than what it stands for. */
    private static final int STEP_BYTES = 4;

    /** The head of the padding: its key, its length. */
    private static final int PADDING_HEAD_BYTES = 4;

    private static final int NONE = Integer.MAX_VALUE;

    /** Of neighbours to which nothing was lost. Never written to. */
    static final LargeFrames NOTHING_LOST = new LargeFrames();

    /** Frames of so many bytes get lost, that is known. */
    private int knownBytes = NONE;

    /** The smallest frame that was lost since one as large was answered. */
    private int lostBytes = NONE;

    /** Messages lost since, and whether a smaller frame was answered meanwhile. */
    private byte lost;

    private boolean smallerAnswered;
    private boolean suspected;

    /** The last large probe was in vain: whether the neighbour is there is asked by a small one. */
    private boolean asksSmall;

    private byte confirmed;

    private long triedAtMs;
    private int pauseMs;

    /** A message of so many bytes exhausted its repetitions, or moved on; {@code most} of them, while smaller ones are answered, are no chance. */
    void lost(int bytes, int most) {
        lostBytes = Math.min(lostBytes, bytes);
        lost = (byte) Math.min(lost + 1, Byte.MAX_VALUE);
        suspected |= smallerAnswered && lost >= most;
    }

    /** A probe exhausted its repetitions. */
    void probeLost(long nowMs, boolean padded) {
        if (suspected && padded) {
            asksSmall = true;
        } else if (padded) {
            triedAtMs = nowMs;
            pauseMs = Math.min(2 * pauseMs, TEST_MS);
        } else if (suspected) {
            forgetLost();
        }
    }

    /** A frame of so many bytes was answered. Whether nothing is left to be remembered. */
    boolean isDisproved(long nowMs, int bytes) {
        if (bytes + STEP_BYTES >= knownBytes) {
            knownBytes = NONE;
        }
        if (bytes + STEP_BYTES >= lostBytes) {
            forgetLost();
        } else {
            smallerAnswered = true;
            confirm(nowMs);
        }
        return knownBytes == NONE && lost == 0;
    }

    /** The neighbour is there, but a large probe was in vain. */
    private void confirm(long nowMs) {
        if (!suspected || !asksSmall) {
            return;
        }
        asksSmall = false;
        if (++confirmed >= MAX_PROBES) {
            knownBytes = lostBytes;
            triedAtMs = nowMs;
            pauseMs = FIRST_TEST_MS;
            forgetLost();
        }
    }

    private void forgetLost() {
        lostBytes = NONE;
        lost = 0;
        smallerAnswered = false;
        suspected = false;
        asksSmall = false;
        confirmed = 0;
    }

    /** Whether a probe as large as what was lost must be answered before anything else is sent. */
    boolean areSuspected() {
        return suspected;
    }

    /** Whether a link of {@code mtuBytes} is one for small frames only. */
    boolean areKnownLost(int mtuBytes) {
        return knownBytes <= mtuBytes;
    }

    /** Whether it is time to try a large one again. */
    boolean isTestDue(long nowMs) {
        return knownBytes != NONE && nowMs - triedAtMs >= pauseMs;
    }

    /** The largest frame that may get there. */
    int mtuBytes() {
        return knownBytes == NONE ? LinkInfo.MAX_MTU_BYTES : Math.max(LinkInfo.MIN_MTU_BYTES, knownBytes - 1);
    }

    /** A probe with this number, as large as what was lost if that is in question and a link of {@code mtuBytes} has such frames. */
    Probe probe(long nowMs, long number, int mtuBytes) {
        Probe small = new Probe(number);
        int wanted = suspected ? asksSmall ? 0 : lostBytes : isTestDue(nowMs) ? knownBytes : 0;
        int bytes = FrameForm.UNICAST.overheadBytes() + FrameCodec.encodedBytes(small) + PADDING_HEAD_BYTES;
        return wanted <= mtuBytes && bytes < wanted ? new Probe(number, wanted - bytes) : small;
    }
}
