package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;

/**
 * A frame as {@link FrameGuard} opened it.
 *
 * @param sender {@link #NOBODY} unless the status is {@linkplain OpenStatus#authentic authentic}
 * @param senderPrefix as claimed in clear, 0 if malformed
 * @param senderBootTag as claimed in clear, 0 if malformed
 * @param epoch the sender's, 0 unless authentic
 * @param counter the frame's, unsigned
 * @param form of the frame
 * @param plaintext from position to limit, valid until the guard opens another frame (sealing leaves it alone); empty
 *     unless authentic
 */
public record OpenResult(
        OpenStatus status,
        NodeId sender,
        int senderPrefix,
        int senderBootTag,
        long epoch,
        int counter,
        FrameForm form,
        ByteBuffer plaintext) {
    /** Stands where no sender is known. */
    public static final NodeId NOBODY = new NodeId(0);
}
