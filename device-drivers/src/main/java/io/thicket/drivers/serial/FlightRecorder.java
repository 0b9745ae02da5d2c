package io.thicket.drivers.serial;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The last bytes of a port, always on, so that a decode error can be looked at after it happened. Written by the port's
 * thread, read by any.
 */
public final class FlightRecorder {
    /** Bytes kept. */
    public static final int CAPACITY_BYTES = 4096;

    /** Chunks kept; a device that sends single bytes fills these first. */
    private static final int MAX_CHUNKS = 512;

    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private int bytes;

    private record Chunk(long atNanos, boolean received, ByteBuffer data) {}

    /** Bytes went over the line. */
    synchronized void record(long atNanos, boolean received, byte[] data, int offset, int length) {
        if (length == 0) {
            return;
        }
        int kept = Math.min(length, CAPACITY_BYTES);
        byte[] copy = new byte[kept];
        System.arraycopy(data, offset + length - kept, copy, 0, kept);
        chunks.addLast(new Chunk(atNanos, received, ByteBuffer.wrap(copy)));
        bytes += kept;
        while (bytes > CAPACITY_BYTES || chunks.size() > MAX_CHUNKS) {
            bytes -= chunks.removeFirst().data().capacity();
        }
    }

    /** One line per chunk, oldest first: {@code +seconds.micros RX|TX hex}, seconds since the first of them. */
    public synchronized List<String> lines() {
        return lines(chunks);
    }

    /** The same of the newest {@code maxBytes} bytes. */
    public synchronized List<String> lastLines(int maxBytes) {
        Deque<Chunk> last = new ArrayDeque<>();
        int left = maxBytes;
        for (Iterator<Chunk> newest = chunks.descendingIterator(); newest.hasNext() && left > 0; ) {
            Chunk chunk = newest.next();
            byte[] data = chunk.data().array();
            byte[] end = Arrays.copyOfRange(data, Math.max(0, data.length - left), data.length);
            last.addFirst(new Chunk(chunk.atNanos(), chunk.received(), ByteBuffer.wrap(end)));
            left -= end.length;
        }
        return lines(last);
    }

    private static List<String> lines(Deque<Chunk> chunks) {
        List<String> lines = new ArrayList<>();
        long start = chunks.isEmpty() ? 0 : chunks.getFirst().atNanos();
        for (Chunk chunk : chunks) {
            long micros = (chunk.atNanos() - start) / 1000;
            lines.add(String.format(
                    Locale.ROOT,
                    "+%d.%06d %s %s",
                    micros / 1_000_000,
                    micros % 1_000_000,
                    chunk.received() ? "RX" : "TX",
                    HexFormat.of().formatHex(chunk.data().array())));
        }
        return lines;
    }
}
