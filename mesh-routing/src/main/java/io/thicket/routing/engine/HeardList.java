package io.thicket.routing.engine;

import io.thicket.routing.wire.Hello;
import java.util.Arrays;
import java.util.List;

/**
 * Whom a neighbour hears, by its HELLOs: the map of two hops that floods are thinned by. An array of prefixes behind the number of the
 * one that was replaced last, since a node has one for each neighbour.
 */
final class HeardList {
    /** Nodes remembered of one neighbour; a list that is cut off names the others in turn. */
    static final int MAX_HEARD = 128;

    /** Of nobody yet. */
    static final int[] NONE = {0};

    /** Of 255: a link that loses more than half of its HELLOs is no way to be reached by a broadcast. */
    private static final int RELIABLE = 128;

    private static final int REPLACED = 0;
    private static final int FIRST = 1;

    private HeardList() {}

    /** The list after that of a HELLO: a complete one replaces what was known, a part of one adds to it. */
    static int[] updated(int[] list, Hello hello) {
        boolean complete = hello.isHeardListComplete();
        List<Hello.Heard> heard = hello.heard();
        int used = complete ? 0 : size(list);
        int room = Math.min(MAX_HEARD, used + heard.size());
        int[] all = Arrays.copyOf(Arrays.copyOf(list, FIRST + used), FIRST + room);
        for (Hello.Heard each : heard) {
            if (each.rxRatio() < RELIABLE || contains(all, used, each.prefix())) {
                continue;
            }
            if (used < room) {
                all[FIRST + used++] = each.prefix();
            } else {
                all[REPLACED] = (all[REPLACED] + 1) % room;
                all[FIRST + all[REPLACED]] = each.prefix();
            }
        }
        return used == room ? all : Arrays.copyOf(all, FIRST + used);
    }

    static boolean hears(int[] list, int prefix) {
        return contains(list, size(list), prefix);
    }

    static int get(int[] list, int index) {
        return list[FIRST + index];
    }

    static int size(int[] list) {
        return list.length - FIRST;
    }

    private static boolean contains(int[] all, int used, int prefix) {
        for (int i = FIRST; i < FIRST + used; i++) {
            if (all[i] == prefix) {
                return true;
            }
        }
        return false;
    }
}
