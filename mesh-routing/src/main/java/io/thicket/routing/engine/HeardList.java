package io.thicket.routing.engine;

import io.thicket.routing.wire.Hello;
import java.util.Arrays;
import java.util.List;

/** Whom a neighbour hears, by its HELLOs: the map of two hops that floods are thinned by. */
final class HeardList {
    /** Nodes remembered of one neighbour; a list that is cut off names the others in turn. */
    static final int MAX_HEARD = 128;

    /** Of 255: a link that loses more than half of its HELLOs is no way to be reached by a broadcast. */
    private static final int RELIABLE = 128;

    private int[] prefixes = {};
    private int next;

    /** Takes the list of a HELLO: a complete one replaces what was known, a part of one adds to it. */
    void update(Hello hello) {
        boolean complete = hello.isHeardListComplete();
        List<Hello.Heard> heard = hello.heard();
        if (complete && isKnown(heard)) {
            return; // as nearly always, and then nothing is made anew
        }
        int[] former = complete ? new int[0] : prefixes;
        int[] all = Arrays.copyOf(former, Math.min(MAX_HEARD, former.length + heard.size()));
        int used = former.length;
        for (Hello.Heard each : heard) {
            if (each.rxRatio() < RELIABLE || contains(all, used, each.prefix())) {
                continue;
            }
            if (used < all.length) {
                all[used++] = each.prefix();
            } else {
                next = (next + 1) % all.length;
                all[next] = each.prefix();
            }
        }
        prefixes = used == all.length ? all : Arrays.copyOf(all, used);
    }

    private boolean isKnown(List<Hello.Heard> heard) {
        int known = 0;
        for (int i = 0; i < heard.size(); i++) {
            Hello.Heard each = heard.get(i);
            if (each.rxRatio() >= RELIABLE && (known == prefixes.length || prefixes[known++] != each.prefix())) {
                return false;
            }
        }
        return known == prefixes.length;
    }

    boolean hears(int prefix) {
        return contains(prefixes, prefixes.length, prefix);
    }

    int get(int index) {
        return prefixes[index];
    }

    int size() {
        return prefixes.length;
    }

    private static boolean contains(int[] all, int used, int prefix) {
        for (int i = 0; i < used; i++) {
            if (all[i] == prefix) {
                return true;
            }
        }
        return false;
    }
}
