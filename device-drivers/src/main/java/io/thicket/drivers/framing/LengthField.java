package io.thicket.drivers.framing;

import java.util.List;

/**
 * The length that a frame carries.
 *
 * @param at its place, counted from the frame's start
 * @param width 1 or 2 bytes
 * @param lowFirst whether its low byte comes first
 * @param add what to add to it for the length of the whole frame
 * @param allowed the values that occur; empty if any may
 */
public record LengthField(int at, int width, boolean lowFirst, int add, List<Integer> allowed) {
    public LengthField {
        allowed = List.copyOf(allowed);
        if (at < 0 || width < 1 || width > 2) {
            throw new IllegalArgumentException("a length of " + width + " bytes at " + at);
        }
    }

    int end() {
        return at + width;
    }

    /** The longest frame that it can tell of. */
    public int longest() {
        int longest = allowed.isEmpty() ? width == 1 ? 0xFF : 0xFFFF : 0;
        for (int value : allowed) {
            longest = Math.max(longest, value);
        }
        return longest + add;
    }

    /** Length of the whole frame, -1 if the value is none of those allowed. */
    int total(byte[] buffer, int offset) {
        int first = buffer[offset + at] & 0xFF;
        int value = first;
        if (width == 2) {
            int second = buffer[offset + at + 1] & 0xFF;
            value = lowFirst ? second << 8 | first : first << 8 | second;
        }
        if (!allowed.isEmpty() && !contains(value)) {
            return -1;
        }
        return value + add;
    }

    private boolean contains(int value) {
        for (int i = 0; i < allowed.size(); i++) {
            if (allowed.get(i) == value) {
                return true;
            }
        }
        return false;
    }
}
