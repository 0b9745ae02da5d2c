package io.thicket.drivers.framing;

/** The bytes that a framer has not decided on yet, each with its time of arrival. */
final class ScanBuffer {
    private final byte[] bytes;
    private final long[] arrivedAtMs;
    private int head;
    private int tail;

    ScanBuffer(int capacity) {
        this.bytes = new byte[capacity];
        this.arrivedAtMs = new long[capacity];
    }

    int size() {
        return tail - head;
    }

    boolean isFull() {
        return size() == bytes.length;
    }

    int at(int index) {
        return bytes[head + index] & 0xFF;
    }

    long arrivedAtMs(int index) {
        return arrivedAtMs[head + index];
    }

    /** The array behind; a frame at index 0 begins at {@link #offset()}. */
    byte[] array() {
        return bytes;
    }

    int offset() {
        return head;
    }

    /** The buffer must not be full. */
    void append(byte b, long nowMs) {
        if (tail == bytes.length) {
            System.arraycopy(bytes, head, bytes, 0, size());
            System.arraycopy(arrivedAtMs, head, arrivedAtMs, 0, size());
            tail -= head;
            head = 0;
        }
        bytes[tail] = b;
        arrivedAtMs[tail] = nowMs;
        tail++;
    }

    void discard(int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    void clear() {
        head = 0;
        tail = 0;
    }
}
