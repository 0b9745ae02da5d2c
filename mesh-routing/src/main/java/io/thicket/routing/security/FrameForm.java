package io.thicket.routing.security;

/** The forms of a frame: to whom, whether it is the reply of an exchange, and whether it introduces its sender. */
public enum FrameForm {
    /** To everyone who listens. */
    BROADCAST(0),
    /** To everyone, with NodeId, epoch and salt in clear: HELLO. */
    BROADCAST_INTRODUCED(FrameForm.INTRODUCED),
    /** To one boot of one node. */
    UNICAST(FrameForm.UNICAST_BIT),
    /** To one boot, with the introduction: CHAL. */
    UNICAST_INTRODUCED(FrameForm.UNICAST_BIT | FrameForm.INTRODUCED),
    /** The sealed reply of an exchange. */
    REPLY(FrameForm.UNICAST_BIT | FrameForm.REPLY_BIT),
    /** The same with the introduction, when the other side cannot know this boot. */
    REPLY_INTRODUCED(FrameForm.UNICAST_BIT | FrameForm.REPLY_BIT | FrameForm.INTRODUCED);

    private static final int UNICAST_BIT = 1;
    private static final int INTRODUCED = 2;
    private static final int REPLY_BIT = 4;

    private final int bits;

    FrameForm(int bits) {
        this.bits = bits;
    }

    /** The low half of the frame's first byte. */
    int bits() {
        return bits;
    }

    public boolean isUnicast() {
        return (bits & UNICAST_BIT) != 0;
    }

    public boolean isIntroduced() {
        return (bits & INTRODUCED) != 0;
    }

    public boolean isReply() {
        return (bits & REPLY_BIT) != 0;
    }

    /** Bytes in clear before the sealed content. */
    int headerBytes() {
        return 14 + (isUnicast() ? 4 : 0) + (isIntroduced() ? 20 : 0);
    }

    /** Bytes that the envelope adds to the content, tag included: 30, 34, 50 or 54. */
    public int overheadBytes() {
        return headerBytes() + SealCipher.TAG_BYTES;
    }
}
