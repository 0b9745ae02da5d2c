package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The clear part of a frame, all of it authenticated (README.md "Envelope").
 *
 * @param receiverBootTag 0 unless unicast
 * @param node the introduced NodeId; {@link OpenResult#NOBODY} unless introduced
 * @param epoch 0 unless introduced
 * @param salt 0 unless introduced
 */
record Envelope(
        FrameForm form,
        byte keyId,
        int prefix,
        int bootTag,
        int counter,
        int receiverBootTag,
        NodeId node,
        long epoch,
        long salt) {
    static final int VERSION = 1;
    static final int MAX_HEADER_BYTES = FrameForm.UNICAST_INTRODUCED.headerBytes();

    /** The largest epoch, and the largest counter: unsigned 32-bit numbers. */
    static final long MAX_EPOCH = 0xffff_ffffL;

    private static final FrameForm[] FORMS = FrameForm.values();

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

    /** The envelope at the buffer's position, which is not moved; null if it is none or too short for its form. */
    static @Nullable Envelope parse(ByteBuffer frame) {
        ByteBuffer in = frame.duplicate();
        FrameForm form = in.hasRemaining() ? form(in.get()) : null;
        if (form == null || frame.remaining() < form.overheadBytes()) {
            return null;
        }
        byte keyId = in.get();
        int prefix = in.getInt();
        int bootTag = in.getInt();
        int counter = in.getInt();
        int receiver = form.isUnicast() ? in.getInt() : 0;
        boolean introduced = form.isIntroduced();
        NodeId node = introduced ? new NodeId(in.getLong()) : OpenResult.NOBODY;
        long epoch = introduced ? Integer.toUnsignedLong(in.getInt()) : 0;
        return new Envelope(
                form, keyId, prefix, bootTag, counter, receiver, node, epoch, introduced ? in.getLong() : 0);
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
