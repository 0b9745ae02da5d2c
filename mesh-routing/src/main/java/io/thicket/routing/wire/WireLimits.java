package io.thicket.routing.wire;

/** The bounds of everything on the wire. A record or a decoder that meets more refuses it. */
public final class WireLimits {
    /** Messages in one frame. */
    public static final int MAX_MESSAGES = 32;

    /** Bytes of one frame's CBOR sequence. */
    public static final int MAX_SEQUENCE_BYTES = 1200;

    /** Bytes of a DATA payload; the path MTU usually allows less. */
    public static final int MAX_PAYLOAD_BYTES = 1200;

    /** Nested arrays, maps and tags inside one value, known or skipped. */
    public static final int MAX_DEPTH = 4;

    /** Entries of one map and of one array. */
    public static final int MAX_ITEMS = 64;

    /** Neighbours in a HELLO. */
    public static final int MAX_HEARD = 64;

    /** Gateway entries in a HELLO. */
    public static final int MAX_GATEWAYS = 4;

    /** Destinations in an RERR. */
    public static final int MAX_UNREACHABLE = 16;

    /** Nodes in a REG's route record and hops in a TRACE. */
    public static final int MAX_PATH = 32;

    /** Bytes of a HELLO's table digest. */
    public static final int MAX_DIGEST_BYTES = 32;

    /** Bytes of an Ed25519 public key and of a signature. */
    public static final int PUBLIC_KEY_BYTES = 32;

    public static final int SIGNATURE_BYTES = 64;

    /** The largest unsigned 32-bit number: epochs, counts, metrics, ids, ages and times. */
    public static final long MAX_U32 = 0xffff_ffffL;

    /** Hop counts and lives. */
    public static final int MAX_HOPS = 255;

    private WireLimits() {}

    static long u32(long value, String name) {
        if (value < 0 || value > MAX_U32) {
            throw new IllegalArgumentException(name + " " + value + " is no unsigned 32-bit number");
        }
        return value;
    }

    static int within(int value, int max, String name) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not 0 to " + max);
        }
        return value;
    }
}
