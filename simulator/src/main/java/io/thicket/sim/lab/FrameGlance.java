package io.thicket.sim.lab;

/**
 * Tells what a frame is for by the types of its messages ("Messages byte by byte" in mesh-routing/README.md), without reading them: it
 * looks at each frame that is sent. For what a router has just written, not for what came off the air.
 */
final class FrameGlance {
    private static final int TYPE_KEY = 0;
    private static final int PAYLOAD_TYPE_KEY = 10;

    private static final int DATA = 8;
    private static final int CHAL = 10;
    private static final int IDENT = 13;
    private static final int IDENT_PAYLOAD = 2;

    /** By type. */
    private static final FrameClass[] CLASSES = {
        FrameClass.OTHER,
        FrameClass.RREQ,
        FrameClass.RREP,
        FrameClass.RERR,
        FrameClass.HELLO,
        FrameClass.RREQ, // ASK
        FrameClass.RREP, // TELL
        FrameClass.REGISTER,
        FrameClass.DATA,
        FrameClass.E2E_ACK,
        FrameClass.CHALLENGE,
        FrameClass.OTHER, // TRACE
        FrameClass.PROBE,
        FrameClass.IDENT,
        FrameClass.HOP_ACK,
    };

    // Major types of CBOR.
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    /** From this on, what a head says is how long the number behind it is. */
    private static final int LONG_NUMBER = 24;

    private byte[] bytes = {};
    private int at;
    private int major;
    private int type;

    /** What the frame with that plain text is for. */
    FrameClass classOf(byte[] plain, int offset, int length) {
        bytes = plain;
        at = offset;
        FrameClass found = FrameClass.OTHER;
        int messages = 0;
        boolean challenges = false;
        while (at < offset + length) {
            messages++;
            FrameClass its = next();
            if (its == FrameClass.DATA) {
                return its; // It counts whatever else is in the frame.
            }
            challenges |= type == CHAL;
            // An IDENT rides along with what the frame is for.
            if (type != IDENT && its.compareTo(found) < 0) {
                found = its;
            }
        }
        if (messages == 1 && type == IDENT) {
            return FrameClass.IDENT;
        }
        // A refusal for want of a session is a hop result and a challenge: the challenge is why it is sent.
        return found == FrameClass.HOP_ACK && challenges ? FrameClass.CHALLENGE : found;
    }

    /** Of the next message; its type is in {@link #type} then. After {@link FrameClass#DATA} it may stand amid the message. */
    private FrameClass next() {
        int payloadType = 0;
        for (int left = head(); left > 0; left--) {
            int key = head();
            if (key == TYPE_KEY) { // always the first
                type = head();
                if (type != DATA) {
                    skip(2 * (left - 1));
                    break;
                }
            } else if (key == PAYLOAD_TYPE_KEY) {
                payloadType = head();
                if (payloadType != IDENT_PAYLOAD) {
                    return FrameClass.DATA;
                }
            } else {
                skip(1);
            }
        }
        if (type == DATA && payloadType == IDENT_PAYLOAD) {
            return FrameClass.IDENT;
        }
        return type < CLASSES.length ? CLASSES[type] : FrameClass.OTHER;
    }

    /** Moves behind so many values of any kind. */
    private void skip(int values) {
        byte[] from = bytes;
        int here = at;
        for (int items = values; items > 0; items--) {
            if (from[here] >= 0 && from[here] < LONG_NUMBER) {
                here++; // A small number, which most are.
                continue;
            }
            at = here;
            int value = head();
            here = at;
            if (major == BYTES || major == TEXT) {
                here += value;
            } else if (major == ARRAY) {
                items += value;
            } else if (major == MAP) {
                items += 2 * value;
            }
        }
        at = here;
    }

    /** The argument of the head here, of a long one its last four bytes; behind it afterwards, and its type in {@link #major}. */
    private int head() {
        int first = bytes[at++];
        major = first >> 5 & 7;
        int value = first & 0x1f;
        if (value < LONG_NUMBER) {
            return value;
        }
        int size = 1 << (value - LONG_NUMBER);
        value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }
}
