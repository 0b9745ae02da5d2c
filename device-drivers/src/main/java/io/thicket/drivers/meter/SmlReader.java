package io.thicket.drivers.meter;

import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tree of type-length fields that SML is made of. Depth and size are bounded by the frame. */
final class SmlReader {
    private static final int MAX_DEPTH = 12;

    private final byte[] bytes;
    private final int end;
    private int at;

    SmlReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** One field: octets, a number (a truth is 0 or 1), or a list; an absent one is empty octets. */
    record Node(
            @Nullable Bytes octets,
            @Nullable Long number,
            @Nullable List<Node> list) {}

    boolean hasMore() {
        return at < end;
    }

    /** The next field; null if the bytes are none. */
    @Nullable
    Node next() {
        return next(0);
    }

    private @Nullable Node next(int depth) {
        if (at >= end || depth > MAX_DEPTH) {
            return null;
        }
        int first = bytes[at++] & 0xFF;
        if (first == 0) {
            // End of a message.
            return new Node(Bytes.NONE, null, null);
        }
        int type = first >> 4 & 7;
        int length = first & 0xF;
        int head = 1;
        int field = first;
        while ((field & 0x80) != 0) {
            if (at >= end || head > 4) {
                return null;
            }
            field = bytes[at++] & 0xFF;
            length = length << 4 | field & 0xF;
            head++;
        }
        if (type == 7) {
            return list(length, depth);
        }
        int size = length - head;
        if (size < 0 || size > end - at) {
            return null;
        }
        int from = at;
        at += size;
        return switch (type) {
            case 0 -> new Node(Bytes.copyOf(Arrays.copyOfRange(bytes, from, at)), null, null);
            case 4, 6 -> size > 8 ? null : new Node(null, number(from, size, false), null);
            case 5 -> size > 8 ? null : new Node(null, number(from, size, true), null);
            default -> null;
        };
    }

    private @Nullable Node list(int length, int depth) {
        if (length > end - at) {
            return null;
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Node node = next(depth + 1);
            if (node == null) {
                return null;
            }
            nodes.add(node);
        }
        return new Node(null, null, nodes);
    }

    /** Any number of bytes; the sign is that of the first. */
    private long number(int from, int size, boolean signed) {
        long number = signed && size > 0 && bytes[from] < 0 ? -1 : 0;
        for (int i = from; i < from + size; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }
}
