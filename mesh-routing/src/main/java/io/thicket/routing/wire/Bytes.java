package io.thicket.routing.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A byte string with value equality, for records. It may be a view of a frame buffer: whoever keeps it beyond the call
 * that handed it out takes {@link #detached} instead.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy of {@code bytes}. */
    public static Bytes copyOf(byte... bytes) {
        return new Bytes(bytes.clone(), 0, bytes.length);
    }

    /** A copy of the bytes from position to limit; the buffer is not moved. */
    public static Bytes copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return new Bytes(copy, 0, copy.length);
    }

    /** The bytes from position to limit without copying, if the buffer has an array; the buffer is not moved. */
    public static Bytes view(ByteBuffer buffer) {
        return buffer.hasArray()
                ? new Bytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
                : copyOf(buffer);
    }

    /** These bytes without copying; the caller must not change them while this value is in use. */
    static Bytes view(byte[] array, int offset, int length) {
        return new Bytes(array, offset, length);
    }

    public int length() {
        return length;
    }

    public byte get(int index) {
        return array[offset + index];
    }

    /** A value that shares storage with nobody. */
    public Bytes detached() {
        return new Bytes(toArray(), 0, length);
    }

    /** A copy as an array. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only buffer over the bytes, without copying. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    void putTo(ByteBuffer out) {
        out.put(array, offset, length);
    }

    void lendTo(DataFields data) {
        data.payload(array, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + array[offset + i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }
}
