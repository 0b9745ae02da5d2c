package io.thicket.drivers.framing;

/**
 * The bytes that a framer has not decided on yet, each with its time of arrival. The room is twice the capacity, so that what is
 * left is moved to the front once for that many bytes, and not for each.
 */
public final class ScanBuffer {
    private final int capacity;
    private final byte[] bytes;
    private final long[] arrivedAtMs;
    private int head;
    private int tail;

    public ScanBuffer(int capacity) {
        this.capacity = capacity;
        this.bytes = new byte[2 * capacity];
        this.arrivedAtMs = new long[2 * capacity];
    }

    public int size() {
        return tail - head;
    }

    public boolean isFull() {
        return size() == capacity;
    }

    public int at(int index) {
        return bytes[head + index] & 0xFF;
    }

    public long arrivedAtMs(int index) {
        return arrivedAtMs[head + index];
    }

    /** The array behind; a frame at index 0 begins at {@link #offset()}. */
    public byte[] array() {
        return bytes;
    }

    public int offset() {
        return head;
    }

    /** The buffer must not be full. */
    public void append(byte b, long nowMs) {
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

    public void discard(int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    public void clear() {
        head = 0;
        tail = 0;
    }

    /** Index of {@code b} at or after {@code from}, -1 if it is not there. */
    public int indexOf(int b, int from) {
        for (int i = head + from; i < tail; i++) {
            if ((bytes[i] & 0xFF) == b) {
                return i - head;
            }
        }
        return -1;
    }
}
