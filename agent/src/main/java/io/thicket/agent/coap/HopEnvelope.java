package io.thicket.agent.coap;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;

/**
 * A hop message as a CoAP message (routing.md 2.7), so that any CoAP tool can watch the mesh: a frame is a POST to
 * {@code /m}, confirmable under its exchange as message id if it wants a reply, else non-confirmable with No-Response; the
 * reply is the piggybacked response. The payload is sealed; nothing outside it is ever acted on but the message id.
 *
 * <p>One instance serves one loop: it encodes into one reused buffer and decodes in place, without allocation.
 */
public final class HopEnvelope {
    /** What an encoded frame is longer than its payload, at most. */
    public static final int MAX_OVERHEAD_BYTES = 10;

    /** The largest datagram worth reading: a frame of the largest size, a token, and room for foreign options. */
    public static final int MAX_DATAGRAM_BYTES = LinkInfo.MAX_MTU_BYTES + 80;

    /** What a datagram was. */
    public enum Kind {
        /** A frame; {@link #exchange()} tells whether it wants a reply. */
        FRAME,
        /** The reply to the frame that was sent under {@link #exchange()}. */
        REPLY,
        /** Malformed, or CoAP that is no hop message. */
        REFUSED
    }

    private static final int NO_EXCHANGE = MeshRouter.NO_EXCHANGE;

    private static final int VERSION = 1; // RFC 7252 s3.
    private static final int CONFIRMABLE = 0;
    private static final int NON_CONFIRMABLE = 1;
    private static final int ACKNOWLEDGEMENT = 2;
    private static final int POST = 0x02;
    private static final int HEADER_BYTES = 4;
    private static final int MAX_TOKEN_BYTES = 8;
    private static final int PAYLOAD_MARKER = 0xff;
    private static final int MALFORMED = -1;

    private static final int URI_HOST = 3;
    private static final int URI_PORT = 7;
    private static final int URI_PATH = 11;
    /** RFC 7967: no 2.xx (2), no 4.xx (8), no 5.xx (16). */
    private static final int NO_RESPONSE = 258;

    private static final int SUPPRESS_ALL = 26;
    private static final byte PATH = 'm';

    private final ByteBuffer out = ByteBuffer.allocateDirect(LinkInfo.MAX_MTU_BYTES + MAX_OVERHEAD_BYTES);
    private int exchange;

    /**
     * Encodes a frame. The result is read by the caller before the next call; {@code sealed} is left as it was.
     *
     * @param messageId 0..65535; of a confirmable message it is the exchange
     * @param sealed 1..{@link LinkInfo#MAX_MTU_BYTES} bytes
     */
    public ByteBuffer frame(int messageId, boolean confirmable, ByteBuffer sealed) {
        begin(confirmable ? CONFIRMABLE : NON_CONFIRMABLE, POST, messageId);
        out.put((byte) (URI_PATH << 4 | 1)).put(PATH);
        if (!confirmable) {
            out.put((byte) 0xd1).put((byte) (NO_RESPONSE - URI_PATH - 13)).put((byte) SUPPRESS_ALL);
        }
        return end(sealed);
    }

    /** Encodes the reply to the frame that came under {@code exchange}; otherwise as {@link #frame}. */
    public ByteBuffer reply(int exchange, HopCode code, ByteBuffer sealed) {
        begin(ACKNOWLEDGEMENT, code.coapCode(), exchange);
        return end(sealed);
    }

    /**
     * Decodes a datagram from its position to its limit. Unless the result is {@link Kind#REFUSED}, the buffer's position
     * and limit then enclose the sealed payload. Never throws.
     */
    public Kind decode(ByteBuffer datagram) {
        exchange = NO_EXCHANGE;
        if (datagram.remaining() < HEADER_BYTES) {
            return Kind.REFUSED;
        }
        int first = datagram.get() & 0xff;
        int code = datagram.get() & 0xff;
        int messageId = datagram.getShort() & 0xffff; // A ByteBuffer is big-endian unless somebody changed it.
        int type = first >> 4 & 3;
        int tokenBytes = first & 15;
        if (first >> 6 != VERSION || tokenBytes > MAX_TOKEN_BYTES || tokenBytes > datagram.remaining()) {
            return Kind.REFUSED;
        }
        datagram.position(datagram.position() + tokenBytes);
        boolean frame = code == POST && (type == CONFIRMABLE || type == NON_CONFIRMABLE);
        if (!frame && !(isResponse(code) && type == ACKNOWLEDGEMENT)) {
            return Kind.REFUSED;
        }
        if (!skipOptions(datagram, frame) || datagram.remaining() > LinkInfo.MAX_MTU_BYTES) {
            return Kind.REFUSED;
        }
        exchange = type == NON_CONFIRMABLE ? NO_EXCHANGE : messageId;
        return frame ? Kind.FRAME : Kind.REPLY;
    }

    /** The message id of the datagram decoded last, {@code MeshRouter.NO_EXCHANGE} if it wants no reply. */
    public int exchange() {
        return exchange;
    }

    private void begin(int type, int code, int messageId) {
        if (messageId < 0 || messageId > 0xffff) {
            throw new IllegalArgumentException("message id " + messageId);
        }
        out.clear();
        out.put((byte) (VERSION << 6 | type << 4)).put((byte) code).putShort((short) messageId);
    }

    private ByteBuffer end(ByteBuffer sealed) {
        if (!sealed.hasRemaining() || sealed.remaining() > LinkInfo.MAX_MTU_BYTES) {
            throw new IllegalArgumentException("a sealed frame of " + sealed.remaining() + " bytes");
        }
        out.put((byte) PAYLOAD_MARKER);
        int position = sealed.position();
        out.put(sealed);
        sealed.position(position);
        return out.flip();
    }

    private static boolean isResponse(int code) {
        int codeClass = code >> 5;
        return codeClass == 2 || codeClass == 4 || codeClass == 5;
    }

    /**
     * Moves to the payload. False if the options are malformed, contain a critical one that a hop message cannot have (RFC
     * 7252 s5.4.1), name another path, or no payload follows. Each turn consumes a byte, so the datagram bounds the loop.
     */
    private static boolean skipOptions(ByteBuffer in, boolean frame) {
        int number = 0;
        int paths = 0;
        while (in.hasRemaining()) {
            int head = in.get() & 0xff;
            if (head == PAYLOAD_MARKER) {
                return in.hasRemaining() && paths == (frame ? 1 : 0); // s3: a marker without payload is an error.
            }
            int delta = extended(in, head >> 4);
            int length = extended(in, head & 15);
            number += delta;
            if (delta == MALFORMED || length == MALFORMED || length > in.remaining() || number > 0xffff) {
                return false;
            }
            if (frame && number == URI_PATH) {
                if (length != 1 || in.get(in.position()) != PATH) {
                    return false;
                }
                paths++;
            } else if ((number & 1) == 1 && !(frame && (number == URI_HOST || number == URI_PORT))) {
                return false;
            }
            in.position(in.position() + length);
        }
        return false;
    }

    /** RFC 7252 s3.1: a nibble and its extension bytes. */
    private static int extended(ByteBuffer in, int nibble) {
        if (nibble < 13) {
            return nibble;
        }
        if (nibble == 13 && in.remaining() >= 1) {
            return 13 + (in.get() & 0xff);
        }
        if (nibble == 14 && in.remaining() >= 2) {
            return 269 + (in.getShort() & 0xffff);
        }
        return MALFORMED;
    }
}
