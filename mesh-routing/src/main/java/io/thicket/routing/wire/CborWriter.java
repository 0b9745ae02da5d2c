package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the deterministic CBOR (RFC 8949 4.2.1) that messages need, at a buffer's position, or only counts it. Callers sort the keys. */
final class CborWriter {
    static final int UINT = 0;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;

    /** Null for one that only counts. */
    private @Nullable ByteBuffer out;

    private int counted;

    CborWriter(ByteBuffer out) {
        this.out = out;
    }

    private CborWriter() {}

    /** One that writes nothing: what a message would take is asked several times for each HELLO. */
    static CborWriter counting() {
        return new CborWriter();
    }

    /** Bytes that a {@link #counting} one would have written. */
    int counted() {
        return counted;
    }

    /** Writes into {@code newOut} from now on. */
    CborWriter to(ByteBuffer newOut) {
        out = newOut;
        return this;
    }

    /** A map that holds the type under key 0 and {@code otherKeys} more. */
    CborWriter message(int type, int otherKeys) {
        head(MAP, otherKeys + 1L);
        return uint(0, type);
    }

    CborWriter key(int key) {
        head(UINT, key);
        return this;
    }

    CborWriter uint(int key, long value) {
        return key(key).uint(value);
    }

    /** An unsigned 64-bit number. */
    CborWriter uint(long value) {
        head(UINT, value);
        return this;
    }

    CborWriter array(int items) {
        head(ARRAY, items);
        return this;
    }

    CborWriter node(int key, NodeId id) {
        return key(key).eightBytes(id.value());
    }

    /** A byte string of eight bytes, big-endian. */
    CborWriter eightBytes(long value) {
        head(BYTES, Long.BYTES);
        if (out == null) {
            counted += Long.BYTES;
        } else {
            out.putLong(value);
        }
        return this;
    }

    CborWriter seq(int key, Seq seq) {
        return key(key).array(2).uint(seq.epoch()).uint(seq.count());
    }

    CborWriter distance(int key, Distance distance) {
        return key(key).array(3)
                .uint(distance.seq().epoch())
                .uint(distance.seq().count())
                .uint(distance.metric());
    }

    CborWriter bytes(int key, Bytes bytes) {
        return key(key).bytes(bytes);
    }

    CborWriter bytes(Bytes bytes) {
        head(BYTES, bytes.length());
        if (out == null) {
            counted += bytes.length();
        } else {
            bytes.putTo(out);
        }
        return this;
    }

    CborWriter bytes(byte[] array, int offset, int length) {
        head(BYTES, length);
        put(array, offset, length);
        return this;
    }

    CborWriter text(int key, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        key(key).head(TEXT, utf8.length);
        put(utf8, 0, utf8.length);
        return this;
    }

    private void put(byte[] array, int offset, int length) {
        if (out == null) {
            counted += length;
        } else {
            out.put(array, offset, length);
        }
    }

    private void head(int major, long value) {
        int type = major << 5;
        if (out == null) {
            counted += headBytes(value);
        } else if (value >= 0 && value < 24) {
            out.put((byte) (type | value));
        } else if (value >>> 8 == 0) {
            out.put((byte) (type | 24)).put((byte) value);
        } else if (value >>> 16 == 0) {
            out.put((byte) (type | 25)).putShort((short) value);
        } else if (value >>> 32 == 0) {
            out.put((byte) (type | 26)).putInt((int) value);
        } else {
            out.put((byte) (type | 27)).putLong(value);
        }
    }

    private static int headBytes(long value) {
        if (value >= 0 && value < 24) {
            return 1;
        }
        int bytes = value >>> 8 == 0
                ? Byte.BYTES
                : value >>> 16 == 0 ? Short.BYTES : value >>> 32 == 0 ? Integer.BYTES : Long.BYTES;
        return 1 + bytes;
    }
}
