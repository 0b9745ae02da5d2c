package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A frame as {@link FrameGuard} opened it. One guard has one, valid until it opens another frame; sealing leaves it alone. */
public final class OpenResult {
    /** Stands where no sender is known. */
    public static final NodeId NOBODY = new NodeId(0);

    private final ByteBuffer plaintext;
    private OpenStatus status = OpenStatus.MALFORMED;
    private NodeId sender = NOBODY;
    private int senderPrefix;
    private int senderBootTag;
    private long epoch;
    private int counter;
    private FrameForm form = FrameForm.BROADCAST;
    private @Nullable Session session;

    OpenResult(byte[] plaintext) {
        this.plaintext = ByteBuffer.wrap(plaintext);
    }

    OpenResult malformed() {
        session = null;
        return set(OpenStatus.MALFORMED, NOBODY, 0, 0, 0, 0, FrameForm.BROADCAST, 0);
    }

    OpenResult failed(OpenStatus why, Envelope header) {
        session = null;
        return set(why, NOBODY, header.prefix(), header.bootTag(), 0, header.counter(), header.form(), 0);
    }

    OpenResult opened(Session its, Envelope header, int plaintextBytes) {
        session = its;
        return set(
                its.live ? OpenStatus.LIVE : OpenStatus.NEW_NEEDS_CHALLENGE,
                its.node,
                header.prefix(),
                header.bootTag(),
                its.epoch(),
                header.counter(),
                header.form(),
                plaintextBytes);
    }

    private OpenResult set(
            OpenStatus newStatus,
            NodeId newSender,
            int prefix,
            int bootTag,
            long newEpoch,
            int newCounter,
            FrameForm newForm,
            int plaintextBytes) {
        status = newStatus;
        sender = newSender;
        senderPrefix = prefix;
        senderBootTag = bootTag;
        epoch = newEpoch;
        counter = newCounter;
        form = newForm;
        plaintext.clear().limit(plaintextBytes);
        return this;
    }

    public OpenStatus status() {
        return status;
    }

    /** {@link #NOBODY} unless the status is {@linkplain OpenStatus#authentic authentic}. */
    public NodeId sender() {
        return sender;
    }

    /** As claimed in clear, 0 if malformed. */
    public int senderPrefix() {
        return senderPrefix;
    }

    /** As claimed in clear, 0 if malformed. */
    public int senderBootTag() {
        return senderBootTag;
    }

    /** The sender's, 0 unless authentic. */
    public long epoch() {
        return epoch;
    }

    /** The frame's, unsigned. */
    public int counter() {
        return counter;
    }

    public FrameForm form() {
        return form;
    }

    /** What {@link #setPeer} was told of the sender's boot, null if nothing or if the frame is not authentic. */
    public @Nullable SessionPeer peer() {
        return session == null ? null : session.peer;
    }

    /** Whatever opens frames of this boot from now on finds {@code peer} with them, as long as the session lasts; only of an authentic one. */
    public void setPeer(SessionPeer peer) {
        if (session == null) {
            throw new IllegalStateException("a frame of nobody");
        }
        session.peer = peer;
    }

    /** From position to limit; empty unless authentic. */
    public ByteBuffer plaintext() {
        return plaintext;
    }
}
