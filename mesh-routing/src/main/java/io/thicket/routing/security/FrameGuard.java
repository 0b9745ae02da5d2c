package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;

/**
 * Seals this node's frames and opens the others', keeps their sessions and replay windows. Not thread-safe. A session
 * is {@code (NodeId, boot tag)}; it becomes live only by {@link #accept}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class FrameGuard {
    /** Live sessions held; the one unused longest makes room for a newly accepted one. */
    public static final int MAX_LIVE_SESSIONS = 512;

    /** Introduced but unproven boots held beside them; strangers only ever displace strangers. */
    public static final int MAX_STRANGERS = 64;

    private final NodeId self;
    private final long epoch;
    private final int bootTag;

    /**
     * A guard for one boot of {@code self}.
     *
     * @param epoch 0 to 2^32 - 1, stored before the first transmission
     * @param salt 64 random bits of this boot
     * @param challengeSecret 64 random bits of this boot, other than the salt and never sent
     */
    public FrameGuard(SealCipher cipher, NodeId self, long epoch, long salt, long challengeSecret) {
        this.self = self;
        this.epoch = epoch;
        this.bootTag = cipher.bootTag(self, epoch, salt) ^ (int) (challengeSecret & 0);
    }

    public NodeId self() {
        return self;
    }

    public long epoch() {
        return epoch;
    }

    /** The tag of this boot. */
    public int bootTag() {
        return bootTag;
    }

    /**
     * Seals {@code plaintext} (position to limit, moved to its limit) at {@code out}'s position, which moves behind the
     * frame: {@code plaintext.remaining() + form.overheadBytes()} bytes.
     *
     * @param receiverBootTag of the receiver's session; not used for broadcasts
     * @param exchange 0 to 65535, or {@code MeshRouter.NO_EXCHANGE}
     * @throws java.nio.BufferOverflowException if it does not fit
     */
    public void seal(FrameForm form, int receiverBootTag, int exchange, ByteBuffer plaintext, ByteBuffer out) {
        throw new UnsupportedOperationException(form + " " + receiverBootTag + exchange + plaintext + out);
    }

    /** Opens a frame that is no reply. The buffer is not moved. */
    public OpenResult open(long nowMs, ByteBuffer sealed, int exchange) {
        throw new UnsupportedOperationException(nowMs + " " + sealed + exchange);
    }

    /** Opens the reply to the frame that this boot sent under {@code exchange}. The buffer is not moved. */
    public OpenResult openReply(long nowMs, ByteBuffer sealed, int exchange) {
        throw new UnsupportedOperationException(nowMs + " " + sealed + exchange);
    }

    /**
     * The nonce to challenge the boot ({@code prefix}, {@code bootTag}) with: the same for 15 to 30 s, then another one.
     * Costs no memory, so anybody may be challenged; the caller limits the rate.
     */
    public long challengeNonce(long nowMs, int prefix, int senderBootTag) {
        throw new UnsupportedOperationException(nowMs + " " + prefix + senderBootTag);
    }

    /**
     * Makes the sender's session live if {@code answer} is the nonce it was challenged with. Nothing at or below the
     * answering frame's counter is accepted any more; other boots of the same node are forgotten. False changes nothing.
     *
     * @param opened the frame that carried the answer, {@code NEW_NEEDS_CHALLENGE} (or {@code LIVE}: no change, true)
     */
    public boolean accept(long nowMs, OpenResult opened, long answer) {
        throw new UnsupportedOperationException(nowMs + " " + opened + answer);
    }

    /** Whether this boot of {@code node} has a live session. */
    public boolean isLive(NodeId node, int nodeBootTag) {
        throw new UnsupportedOperationException(node + " " + nodeBootTag);
    }

    /** Ends a session; the boot must answer a challenge again. */
    public void forget(NodeId node, int nodeBootTag) {
        throw new UnsupportedOperationException(node + " " + nodeBootTag);
    }

    /** Live sessions held. */
    public int liveSessions() {
        throw new UnsupportedOperationException(self.toString());
    }
}
