package io.thicket.drivers.meter;

/** Bytes of a frame that is not complete yet, with the time of each line's or frame's first byte. Bounded. */
final class Gathered {
    final byte[] bytes;
    private final long[] arrivedAtMs;
    int size;

    Gathered(int capacity) {
        this.bytes = new byte[capacity];
        this.arrivedAtMs = new long[capacity];
    }

    boolean isFull() {
        return size == bytes.length;
    }

    void append(byte b, long nowMs) {
        bytes[size] = b;
        arrivedAtMs[size] = nowMs;
        size++;
    }

    long arrivedAtMs(int index) {
        return arrivedAtMs[index];
    }

    /** Drops the first bytes. */
    void discard(int count) {
        System.arraycopy(bytes, count, bytes, 0, size - count);
        System.arraycopy(arrivedAtMs, count, arrivedAtMs, 0, size - count);
        size -= count;
    }

    /** Index of {@code b} at or after {@code from}, -1 if it is not there. */
    int indexOf(int b, int from) {
        for (int i = from; i < size; i++) {
            if ((bytes[i] & 0xFF) == b) {
                return i;
            }
        }
        return -1;
    }
}
