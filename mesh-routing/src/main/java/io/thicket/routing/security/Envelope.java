package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The clear part of a frame, all of it authenticated (README.md "Envelope"). One serves for frame after frame. */
final class Envelope {
    static final int VERSION = 1;
    static final int MAX_HEADER_BYTES = FrameForm.UNICAST_INTRODUCED.headerBytes();

    /** The largest epoch, and the largest counter: unsigned 32-bit numbers. */
    static final long MAX_EPOCH = 0xffff_ffffL;

    private static final FrameForm[] FORMS = FrameForm.values();

    private static final int KEY_ID_AT = 1;
    private static final int PREFIX_AT = 2;
    private static final int BOOT_TAG_AT = 6;
    private static final int COUNTER_AT = 10;
    private static final int REST_AT = 14;

    private FrameForm form = FrameForm.BROADCAST;
    private byte keyId;
    private int prefix;
    private int bootTag;
    private int counter;
    private int receiverBootTag;
    private long node;
    private long epoch;
    private long salt;

    static void write(
            ByteBuffer out,
            FrameForm form,
            byte keyId,
            NodeId self,
            int bootTag,
            int counter,
            int receiverBootTag,
            long epoch,
            long salt) {
        out.put((byte) (VERSION << 4 | form.bits())).put(keyId);
        out.putInt(self.prefix()).putInt(bootTag).putInt(counter);
        if (form.isUnicast()) {
            out.putInt(receiverBootTag);
        }
        if (form.isIntroduced()) {
            out.putLong(self.value()).putInt((int) epoch).putLong(salt);
        }
    }

    /** Reads the envelope at the buffer's position, which is not moved; false if it is none or too short for its form. */
    boolean parse(ByteBuffer frame) {
        FrameForm found = frame.hasRemaining() ? form(frame.get(frame.position())) : null;
        if (found == null || frame.remaining() < found.overheadBytes()) {
            return false;
        }
        int start = frame.position();
        form = found;
        keyId = frame.get(start + KEY_ID_AT);
        prefix = frame.getInt(start + PREFIX_AT);
        bootTag = frame.getInt(start + BOOT_TAG_AT);
        counter = frame.getInt(start + COUNTER_AT);
        int at = start + REST_AT;
        receiverBootTag = 0;
        if (found.isUnicast()) {
            receiverBootTag = frame.getInt(at);
            at += Integer.BYTES;
        }
        boolean introduced = found.isIntroduced();
        node = introduced ? frame.getLong(at) : 0;
        epoch = introduced ? Integer.toUnsignedLong(frame.getInt(at + Long.BYTES)) : 0;
        salt = introduced ? frame.getLong(at + Long.BYTES + Integer.BYTES) : 0;
        return true;
    }

    FrameForm form() {
        return form;
    }

    byte keyId() {
        return keyId;
    }

    int prefix() {
        return prefix;
    }

    int bootTag() {
        return bootTag;
    }

    int counter() {
        return counter;
    }

    /** 0 unless unicast. */
    int receiverBootTag() {
        return receiverBootTag;
    }

    /** The introduced NodeId; {@link OpenResult#NOBODY} unless introduced. */
    NodeId node() {
        return node == 0 ? OpenResult.NOBODY : new NodeId(node);
    }

    /** 0 unless introduced. */
    long epoch() {
        return epoch;
    }

    /** 0 unless introduced. */
    long salt() {
        return salt;
    }

    private static @Nullable FrameForm form(byte first) {
        for (FrameForm form : FORMS) {
            if (first == (byte) (VERSION << 4 | form.bits())) {
                return form;
            }
        }
        return null;
    }
}
