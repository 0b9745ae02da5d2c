package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.checksum.RunningCheck;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a framer has not decided on yet, each with its time of arrival. The room is twice the capacity, so that what is
 * left is moved to the front once for that many bytes, and not for each.
 */
public final class ScanBuffer {
    private final int capacity;
    private final byte[] bytes;
    private final long[] arrivedAtMs;
    private final @Nullable Checksum kind;
    private final @Nullable RunningCheck running;
    /** What the running check was before each byte, and after the last one. */
    private final int[] states;

    private int head;
    private int tail;
    private long looks;

    public ScanBuffer(int capacity) {
        this(capacity, null);
    }

    /** @param kind a check that is asked for again and again, of any part; null if none is */
    public ScanBuffer(int capacity, @Nullable Checksum kind) {
        this.capacity = capacity;
        this.bytes = new byte[2 * capacity];
        this.arrivedAtMs = new long[2 * capacity];
        this.kind = kind;
        this.running = kind == null ? null : RunningCheck.of(kind, capacity);
        this.states = new int[kind == null ? 0 : 2 * capacity + 1];
    }

    public int size() {
        return tail - head;
    }

    public boolean isFull() {
        return size() == capacity;
    }

    public int at(int index) {
        looks++;
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
            if (running != null) {
                System.arraycopy(states, head, states, 0, size() + 1);
            }
            tail -= head;
            head = 0;
        }
        looks++;
        bytes[tail] = b;
        arrivedAtMs[tail] = nowMs;
        if (running != null) {
            states[tail + 1] = running.next(states[tail], b & 0xFF);
        }
        tail++;
    }

    public void discard(int count) {
        head += count;
        if (head == tail) {
            clear();
        }
    }

    public void clear() {
        head = 0;
        tail = 0;
    }

    /** Index of {@code b} at or after {@code from}, -1 if it is not there. */
    public int indexOf(int b, int from) {
        for (int i = from; i < size(); i++) {
            if (at(i) == b) {
                return i;
            }
        }
        return -1;
    }

    /** The check value of the bytes from {@code from} to before {@code to}. */
    public int check(Checksum wanted, int from, int to) {
        if (running != null && wanted == kind) {
            looks++;
            return running.between(states[head + from], states[head + to], to - from);
        }
        looks += to - from;
        return wanted.over(bytes, head + from, head + to);
    }

    /** How often a byte was looked at, appending it included: the measure of a framer's work. */
    public long looks() {
        return looks;
    }
}
