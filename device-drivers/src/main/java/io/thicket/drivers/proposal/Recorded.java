package io.thicket.drivers.proposal;

import java.util.Arrays;
import java.util.BitSet;

/** What a device said, and where it paused. */
public final class Recorded {
    /** More of a recording tells nothing new. */
    public static final int MAX_BYTES = 1 << 16;

    /** USB adapters keep bytes for up to 16 ms, so a shorter pause is none. */
    private static final long PAUSE_MICROS = 20_000;

    private byte[] bytes = new byte[1024];
    private int size;
    private final BitSet begins = new BitSet();
    private long lastMicros;
    private boolean timed;

    /** The next bytes; what is beyond {@link #MAX_BYTES} is not kept. */
    public void add(long atMicros, byte[] more) {
        int count = Math.min(more.length, MAX_BYTES - size);
        if (count <= 0) {
            return;
        }
        if (size > 0 && atMicros != lastMicros) {
            timed = true;
        }
        if (size == 0 || atMicros - lastMicros >= PAUSE_MICROS) {
            begins.set(size);
        }
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        System.arraycopy(more, 0, bytes, size, count);
        size += count;
        lastMicros = atMicros;
    }

    int size() {
        return size;
    }

    int at(int index) {
        return bytes[index] & 0xFF;
    }

    byte[] part(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Whether a pause was before this byte, or the recording begins or ends here. */
    boolean isEdge(int index) {
        return index == size || begins.get(index);
    }

    /** Where the device began to speak after a pause; -1 if not at or after {@code from}. */
    int nextBegin(int from) {
        return begins.nextSetBit(from);
    }

    int pauses() {
        return begins.cardinality();
    }

    /** Whether the bytes have times. */
    public boolean isTimed() {
        return timed;
    }

    /** The same with seven bits a byte. */
    Recorded sevenBits() {
        Recorded seven = new Recorded();
        seven.bytes = part(0, size);
        for (int i = 0; i < size; i++) {
            seven.bytes[i] &= 0x7F;
        }
        seven.size = size;
        seven.begins.or(begins);
        seven.timed = timed;
        return seven;
    }
}
