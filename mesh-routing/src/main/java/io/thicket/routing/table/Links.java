package io.thicket.routing.table;

import java.util.Arrays;

/** Small numbers from -1 on, in two bytes each as long as they are below 65 535: a node's tables are mostly links. */
final class Links {
    private static final int NARROW_LIMIT = Character.MAX_VALUE;
    private static final char[] NOT_NARROW = {};
    private static final int[] NOT_WIDE = {};

    private final char[] narrow;
    private final int[] wide;

    /** So many links that are all -1, each of which may be set up to {@code limit - 1}. */
    Links(int size, int limit) {
        narrow = limit <= NARROW_LIMIT ? new char[size] : NOT_NARROW;
        wide = limit <= NARROW_LIMIT ? NOT_WIDE : new int[size];
        Arrays.fill(narrow, Character.MAX_VALUE);
        Arrays.fill(wide, -1);
    }

    int get(int index) {
        if (narrow.length == 0) {
            return wide[index];
        }
        char link = narrow[index];
        return link == Character.MAX_VALUE ? -1 : link;
    }

    void set(int index, int link) {
        if (narrow.length == 0) {
            wide[index] = link;
        } else {
            narrow[index] = (char) link; // -1 becomes the highest
        }
    }
}
