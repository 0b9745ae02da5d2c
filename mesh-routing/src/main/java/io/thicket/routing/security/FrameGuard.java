package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.NodeIds;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Seals this node's frames and opens the others', keeps their sessions and replay windows. Not thread-safe. A session
 * is {@code (NodeId, boot tag)}; it becomes live only by {@link #accept}. README.md "Envelope" has the bytes.
 */
public final class FrameGuard {
    /** Live sessions held; the one unused longest makes room for a newly accepted one. */
    public static final int MAX_LIVE_SESSIONS = 512;

    /** Introduced but unproven boots held beside them; strangers only ever displace strangers. */
    public static final int MAX_STRANGERS = 64;

    /** The largest frame that is looked at. */
    public static final int MAX_FRAME_BYTES = 2048;

    /** The life of a challenge's nonce is this to twice this. */
    static final long CHALLENGE_PERIOD_MS = 15_000;

    private static final int MAX_EXCHANGE = 0xffff;

    // What each frame that comes needs: the JVM puts what is declared first in front, in one line of memory.
    private final FrameBuffers buffers;
    private final SessionTable sessions;
    private final NodeId self;
    private final SealCipher cipher;

    private final NodeIds names;
    private final SealCipher.SealKey ownKey;

    /** Of 32 bits, as on the wire. */
    private final int epoch;

    private final long salt;
    private final long challengeSecret;
    private final int bootTag;
    private final byte keyId;

    /** The counter of the next frame; one sequence for frames and replies, so that no nonce repeats. */
    private long nextCounter = 1;

    /**
     * A guard for one boot of {@code self}.
     *
     * @param epoch 0 to 2^32 - 1, stored before the first transmission
     * @param salt 64 random bits of this boot
     * @param challengeSecret 64 random bits of this boot, other than the salt and never sent
     */
    public FrameGuard(SealCipher cipher, NodeId self, long epoch, long salt, long challengeSecret) {
        this(cipher, self, epoch, salt, challengeSecret, new FrameBuffers());
    }

    /** The same with buffers that others may use, too, between its calls; an opened frame is valid until then. */
    public FrameGuard(
            SealCipher cipher, NodeId self, long epoch, long salt, long challengeSecret, FrameBuffers buffers) {
        if (epoch < 0 || epoch > Envelope.MAX_EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch);
        }
        this.buffers = buffers;
        this.names = buffers.shared(Long.rotateLeft(challengeSecret, 32)).names();
        this.cipher = cipher;
        this.self = self;
        this.epoch = (int) epoch;
        this.salt = salt;
        this.challengeSecret = challengeSecret;
        this.sessions = new SessionTable(MAX_LIVE_SESSIONS, MAX_STRANGERS, Long.rotateLeft(challengeSecret, 32));
        this.bootTag = cipher.bootTag(self, epoch, salt);
        this.keyId = cipher.keyId();
        this.ownKey = cipher.key(self, epoch, salt);
    }

    /**
     * The key id of a frame, 0 to 255, which names its network without opening it; -1 if these bytes are no frame. The
     * buffer is left as it was.
     */
    public static int keyIdOf(ByteBuffer frame) {
        Envelope envelope = new Envelope();
        return envelope.parse(frame) ? Byte.toUnsignedInt(envelope.keyId()) : -1;
    }

    public NodeId self() {
        return self;
    }

    public long epoch() {
        return Integer.toUnsignedLong(epoch);
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
     * @throws BufferOverflowException if it does not fit; nothing is changed then
     */
    public void seal(FrameForm form, int receiverBootTag, int exchange, ByteBuffer plaintext, ByteBuffer out) {
        if (exchange < -1 || exchange > MAX_EXCHANGE) {
            throw new IllegalArgumentException("exchange " + exchange);
        }
        int length = plaintext.remaining();
        int frameBytes = length + form.overheadBytes();
        if (out.remaining() < frameBytes || frameBytes > MAX_FRAME_BYTES) {
            throw new BufferOverflowException();
        }
        if (nextCounter > Envelope.MAX_EPOCH) {
            throw new IllegalStateException("this boot's frame counter is used up; restart");
        }
        int counter = (int) nextCounter++;
        ByteBuffer aad = buffers.aad;
        aad.clear();
        Envelope.write(aad, form, keyId, self, bootTag, counter, receiverBootTag, epoch(), salt);
        int headerBytes = aad.position();
        aad.putInt(exchange);
        plaintext.get(buffers.sealInput, 0, length);
        cipher.seal(
                ownKey, counter, buffers.aadBytes, aad.position(), buffers.sealInput, 0, length, buffers.sealOutput, 0);
        out.put(buffers.aadBytes, 0, headerBytes).put(buffers.sealOutput, 0, length + SealCipher.TAG_BYTES);
    }

    /** Opens a frame that is no reply. The buffer is not moved. */
    public OpenResult open(long nowMs, ByteBuffer sealed, int exchange) {
        return open(sealed, exchange, false);
    }

    /** Opens the reply to the frame that this boot sent under {@code exchange}. The buffer is not moved. */
    public OpenResult openReply(long nowMs, ByteBuffer sealed, int exchange) {
        return open(sealed, exchange, true);
    }

    private OpenResult open(ByteBuffer sealed, int exchange, boolean wantsReply) {
        Envelope header = buffers.header;
        OpenResult opened = buffers.opened;
        int length = sealed.remaining();
        if (length > MAX_FRAME_BYTES || !header.parse(sealed) || header.form().isReply() != wantsReply) {
            return opened.malformed();
        }
        if (header.keyId() != keyId) {
            return opened.failed(OpenStatus.FOREIGN_KEY_ID, header);
        }
        if (header.form().isUnicast() && header.receiverBootTag() != bootTag) {
            return opened.failed(OpenStatus.OTHER_RECEIVER, header); // U7
        }
        if (header.bootTag() == bootTag && header.prefix() == self.prefix()) {
            return opened.failed(OpenStatus.REPLAY, header); // My own frame, echoed.
        }
        Session known = sessions.find(header.prefix(), header.bootTag());
        Session session = known != null ? known : introduced(header);
        if (session == null) {
            return opened.failed(
                    header.form().isIntroduced() ? OpenStatus.BAD_SEAL : OpenStatus.UNKNOWN_SESSION, header);
        }
        if (!session.isFresh(header.counter())) {
            return opened.failed(OpenStatus.REPLAY, header);
        }
        int textBytes = decrypt(sealed, header, session, exchange);
        if (textBytes < 0) {
            return opened.failed(OpenStatus.BAD_SEAL, header);
        }
        session.mark(header.counter());
        if (known == null) {
            sessions.addStranger(session);
        }
        return opened.opened(session, header, textBytes);
    }

    /** A session for the boot that the header introduces, not yet in the table; null if its parts do not belong together. */
    private @Nullable Session introduced(Envelope header) {
        NodeId node = header.node();
        boolean whole = header.form().isIntroduced()
                && node.prefix() == header.prefix()
                && cipher.bootTag(node, header.epoch(), header.salt()) == header.bootTag();
        return whole
                ? new Session(
                        names.of(node.value()),
                        header.bootTag(),
                        header.epoch(),
                        cipher.key(node, header.epoch(), header.salt()))
                : null;
    }

    /** The plaintext into {@link FrameBuffers#output}; its length, or -1. */
    private int decrypt(ByteBuffer sealed, Envelope header, Session session, int exchange) {
        int length = sealed.remaining();
        int headerBytes = header.form().headerBytes();
        sealed.get(sealed.position(), buffers.input, 0, length);
        ByteBuffer aad = buffers.aad;
        aad.clear().put(buffers.input, 0, headerBytes).putInt(exchange);
        boolean genuine = cipher.open(
                session.sealKey,
                header.counter(),
                buffers.aadBytes,
                aad.position(),
                buffers.input,
                headerBytes,
                length - headerBytes,
                buffers.output,
                0);
        return genuine ? length - headerBytes - SealCipher.TAG_BYTES : -1;
    }

    /**
     * The nonce to challenge the boot ({@code prefix}, {@code bootTag}) with: the same for up to 15 s, answerable for 15
     * to 30 s. Costs no memory, so anybody may be challenged; the caller limits the rate.
     */
    public long challengeNonce(long nowMs, int prefix, int senderBootTag) {
        return nonce(Math.floorDiv(nowMs, CHALLENGE_PERIOD_MS), prefix, senderBootTag);
    }

    private long nonce(long period, int prefix, int senderBootTag) {
        return cipher.mac(challengeSecret, Session.key(prefix, senderBootTag), period, sessions.generation());
    }

    /**
     * Makes the sender's session live if {@code answer} is the nonce it was challenged with. Nothing at or below the
     * answering frame's counter is accepted any more; other boots of the same node are forgotten. False changes nothing.
     *
     * @param answering the frame that carried the answer, {@code NEW_NEEDS_CHALLENGE} (or {@code LIVE}: no change, true)
     */
    public boolean accept(long nowMs, OpenResult answering, long answer) {
        if (!answering.status().authentic()) {
            return false;
        }
        Session session = sessions.find(answering.senderPrefix(), answering.senderBootTag());
        if (session == null || !session.node.equals(answering.sender())) {
            return false;
        }
        if (session.live) {
            return true;
        }
        long period = Math.floorDiv(nowMs, CHALLENGE_PERIOD_MS);
        if (answer != nonce(period, answering.senderPrefix(), answering.senderBootTag())
                && answer != nonce(period - 1, answering.senderPrefix(), answering.senderBootTag())) {
            return false;
        }
        session.floor(answering.counter());
        sessions.promote(session);
        return true;
    }

    /** Whether this boot of {@code node} has a live session. */
    public boolean isLive(NodeId node, int nodeBootTag) {
        Session session = sessions.find(node.prefix(), nodeBootTag);
        return session != null && session.live && session.node.equals(node);
    }

    /** Ends a session; the boot must answer a challenge again. */
    public void forget(NodeId node, int nodeBootTag) {
        sessions.remove(node, nodeBootTag);
    }

    /** Live sessions held. */
    public int liveSessions() {
        return sessions.liveCount();
    }
}
