package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** When DATA carries the R flag, so that the downward route to its origin follows the upward one (2.5). */
final class Registrations {
    /** Pairs of origin and target remembered. */
    static final int MAX_PATHS = 512;

    private record Path(NodeId origin, NodeId target) {}

    private static final class Last {
        @Nullable
        NextHop hop;

        long atMs;
    }

    private final LinkedHashMap<Path, Last> paths = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Whether a message of {@code origin} to {@code target} that goes to {@code hop} now should register: the first
     * one, one after the hop changed, or one a third of {@code periodMs} after the last. Remembers it if so.
     */
    boolean isDue(long nowMs, NodeId origin, NodeId target, NextHop hop, long periodMs) {
        Path path = new Path(origin, target);
        Last last = paths.get(path);
        if (last != null && last.hop == hop && nowMs - last.atMs < periodMs / 3) {
            return false;
        }
        if (last == null) {
            if (paths.size() >= MAX_PATHS) {
                Iterator<Path> eldest = paths.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            last = new Last();
            paths.put(path, last);
        }
        last.hop = hop;
        last.atMs = nowMs;
        return true;
    }

    /** A message that registered did not get through: the next one does it again. */
    void failed(NodeId origin, NodeId target) {
        paths.remove(new Path(origin, target));
    }
}
