package io.thicket.drivers.spec;

import java.util.Arrays;
import java.util.Map;

/**
 * A part of a frame that is a list of tags, each with its value behind it. How long a value is must be known of every tag: one that
 * is not known ends the list, because nobody can say where the next one is.
 *
 * @param at place of the first tag
 * @param until where the list ends, counted from the frame's end
 * @param sizes bytes of the value of each tag (0 to 255); {@link #COUNTED} if a byte before the value says it
 */
record TagList(int at, int until, Map<Integer, Integer> sizes) {
    static final int COUNTED = -1;

    private static final int TAGS = 256;

    TagList {
        sizes = Map.copyOf(sizes);
    }

    /** Where the values of one frame are. */
    static final class Found {
        private final int[] places = new int[TAGS];
        private final int[] sizes = new int[TAGS];

        private Found() {
            Arrays.fill(places, -1);
        }

        /** Place of the tag's value in the frame, -1 if the frame does not have it whole. */
        int place(int tag) {
            return places[tag];
        }

        int size(int tag) {
            return sizes[tag];
        }
    }

    /** The first value of each tag. */
    Found find(byte[] frame, int offset, int length) {
        Found found = new Found();
        int end = length + until;
        int next = at;
        while (next < end) {
            int tag = frame[offset + next++] & 0xFF;
            int size = sizes.getOrDefault(tag, Integer.MIN_VALUE);
            if (size == COUNTED && next < end) {
                size = frame[offset + next++] & 0xFF;
            }
            if (size < 0 || size > end - next) {
                break;
            }
            if (found.places[tag] < 0) {
                found.places[tag] = next;
                found.sizes[tag] = size;
            }
            next += size;
        }
        return found;
    }
}
