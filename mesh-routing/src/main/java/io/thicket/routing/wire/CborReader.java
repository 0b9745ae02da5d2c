package io.thicket.routing.wire;

import io.thicket.routing.wire.WireFormatException.Reason;
import java.util.Arrays;

/** Reads deterministic CBOR strictly: what has another form than the shortest is refused, not repaired. */
final class CborReader {
    private static final int NEGATIVE = 1;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private byte[] bytes;
    private int limit;
    private int position;

    CborReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.limit = offset + length;
    }

    /** Begins anew with these bytes. */
    void reset(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        position = offset;
        limit = offset + length;
    }

    int position() {
        return position;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    boolean atEnd() {
        return position == limit;
    }

    /** An unsigned number of at most {@code max}. */
    long uint(long max) throws WireFormatException {
        long value = head(CborWriter.UINT);
        if (value < 0 || value > max) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "number " + Long.toUnsignedString(value));
        }
        return value;
    }

    /** Any unsigned number of 64 bits. */
    long uint64() throws WireFormatException {
        return head(CborWriter.UINT);
    }

    boolean nextIsUint() throws WireFormatException {
        int start = position;
        boolean uint = majorOf(initialByte()) == CborWriter.UINT;
        position = start;
        return uint;
    }

    /** The items of an array or the entries of a map. */
    int count(int wantedMajor) throws WireFormatException {
        return itemCount(head(wantedMajor));
    }

    /** An array of exactly {@code items}. */
    void array(int items) throws WireFormatException {
        if (head(CborWriter.ARRAY) != items) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "an array must have " + items + " items");
        }
    }

    /** A byte string of eight bytes. */
    long eightBytes() throws WireFormatException {
        int start = string(CborWriter.BYTES, Long.BYTES, Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (bytes[start + i] & 0xff);
        }
        return value;
    }

    /** A byte string of {@code min} to {@code max} bytes, as a view. */
    Bytes bytes(int min, int max) throws WireFormatException {
        int start = string(CborWriter.BYTES, min, max);
        return Bytes.view(bytes, start, position - start);
    }

    /** The same as the payload of {@code data}. */
    void lendBytes(int min, int max, DataFields data) throws WireFormatException {
        int start = string(CborWriter.BYTES, min, max);
        data.payload(bytes, start, position - start);
    }

    /** A text string of {@code min} to {@code max} bytes of ASCII; the caller checks its characters. */
    String ascii(int min, int max) throws WireFormatException {
        int start = string(CborWriter.TEXT, min, max);
        char[] chars = new char[position - start];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[start + i] & 0xff);
        }
        return new String(chars);
    }

    /** Moves behind one value of any type, checking its form; {@code depth} more levels may be nested in it. */
    void skip(int depth) throws WireFormatException {
        int initial = initialByte();
        long value = argument(initial);
        switch (majorOf(initial)) {
            case CborWriter.UINT, NEGATIVE, SIMPLE -> {}
            case CborWriter.BYTES, CborWriter.TEXT -> take(value);
            case CborWriter.ARRAY -> {
                for (int left = itemCount(value); left > 0; left--) {
                    skip(deeper(depth));
                }
            }
            case CborWriter.MAP -> skipEntries(itemCount(value), deeper(depth));
            case TAG -> skip(deeper(depth));
            default -> throw new AssertionError(initial);
        }
    }

    private void skipEntries(int entries, int depth) throws WireFormatException {
        int lastStart = position;
        int lastEnd = position;
        for (int i = 0; i < entries; i++) {
            int start = position;
            skip(depth);
            // RFC 8949 4.2.1: keys in bytewise order of their encodings, none twice.
            if (Arrays.compareUnsigned(bytes, lastStart, lastEnd, bytes, start, position) >= 0) {
                throw new WireFormatException(Reason.NOT_DETERMINISTIC, "key order");
            }
            lastStart = start;
            lastEnd = position;
            skip(depth);
        }
    }

    private static int deeper(int depth) throws WireFormatException {
        if (depth == 0) {
            throw new WireFormatException(Reason.TOO_LARGE, "nested too deep");
        }
        return depth - 1;
    }

    private static int itemCount(long count) throws WireFormatException {
        if (count < 0 || count > WireLimits.MAX_ITEMS) {
            throw new WireFormatException(Reason.TOO_LARGE, "items " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    private int string(int wantedMajor, int min, int max) throws WireFormatException {
        long length = head(wantedMajor);
        if (length < min || length > max) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "length " + Long.toUnsignedString(length));
        }
        return take(length);
    }

    private long head(int wantedMajor) throws WireFormatException {
        int initial = initialByte();
        long value = argument(initial);
        if (majorOf(initial) != wantedMajor) {
            throw new WireFormatException(Reason.WRONG_TYPE, "major type " + majorOf(initial) + ", not " + wantedMajor);
        }
        return value;
    }

    /** Moves behind the byte that an item begins with. */
    private int initialByte() throws WireFormatException {
        int at = position;
        if (at >= limit) {
            throw new WireFormatException(Reason.TRUNCATED, "ends inside a value");
        }
        position = at + 1;
        return bytes[at] & 0xff;
    }

    private static int majorOf(int initial) {
        return initial >>> 5;
    }

    /** The argument of the head that begins with this byte, which mostly is all of it. */
    private long argument(int initial) throws WireFormatException {
        int info = initial & 0x1f;
        if (info >= 24) {
            return followingArgument(majorOf(initial), info);
        }
        if (majorOf(initial) == SIMPLE && info < 20) {
            throw new WireFormatException(Reason.WRONG_TYPE, "unassigned simple value");
        }
        return info;
    }

    /** One in the bytes that follow. */
    private long followingArgument(int major, int info) throws WireFormatException {
        if (info > 27) {
            throw new WireFormatException(Reason.NOT_DETERMINISTIC, "indefinite or reserved length");
        }
        int size = 1 << (info - 24);
        int start = take(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[start + i] & 0xff);
        }
        if (major == SIMPLE) {
            if (info == 24) {
                throw new WireFormatException(Reason.WRONG_TYPE, "unassigned simple value");
            }
            return value; // The bits of a floating-point number.
        }
        boolean shorterFits = size == 1 ? value < 24 : value >>> (4 * size) == 0;
        if (shorterFits) {
            throw new WireFormatException(Reason.NOT_DETERMINISTIC, "a shorter length exists");
        }
        return value;
    }

    /** Moves over {@code length} bytes and returns where they start. */
    private int take(long length) throws WireFormatException {
        if (length < 0 || length > limit - position) {
            throw new WireFormatException(Reason.TRUNCATED, "ends inside a value");
        }
        int start = position;
        position += (int) length;
        return start;
    }
}
