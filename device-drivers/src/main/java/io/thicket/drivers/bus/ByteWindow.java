package io.thicket.drivers.bus;

/** The last bytes of the line, each with its time of arrival. When it is full the older half is forgotten. */
final class ByteWindow {
    /** Twice the longest Modbus frame, and the noise around it. */
    static final int CAPACITY = 1024;

    private final byte[] bytes = new byte[CAPACITY];
    private final long[] arrivedAtMs = new long[CAPACITY];
    private int size;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    long arrivedAtMs(int index) {
        return arrivedAtMs[index];
    }

    /** Returns how many bytes had to be forgotten to make room. */
    int append(byte b, long nowMs) {
        int forgotten = 0;
        if (size == CAPACITY) {
            forgotten = CAPACITY / 2;
            System.arraycopy(bytes, forgotten, bytes, 0, size - forgotten);
            System.arraycopy(arrivedAtMs, forgotten, arrivedAtMs, 0, size - forgotten);
            size -= forgotten;
        }
        bytes[size] = b;
        arrivedAtMs[size] = nowMs;
        size++;
        return forgotten;
    }

    boolean endsWith(byte[] wanted) {
        int from = size - wanted.length;
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        size = 0;
    }
}
