package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which neighbours send DATA over this node's route to a destination (2.3): those that an RERR is for. */
final class Precursors {
    /** Destinations; the one unused longest is forgotten. */
    static final int MAX_DESTINATIONS = 1_024;

    /** Neighbours per destination; the one heard longest ago is forgotten. */
    static final int MAX_NEIGHBORS = 8;

    /** The users of one route, the one heard longest ago first. */
    private static final class Users {
        private @Nullable Neighbor[] neighbors = new @Nullable Neighbor[1];
        private long[] atMs = new long[1];
        private int count;

        void used(long nowMs, Neighbor by) {
            int at = 0;
            while (at < count && neighbors[at] != by) {
                at++;
            }
            if (at == MAX_NEIGHBORS) {
                at = 0;
            } else if (at == count) {
                if (count == neighbors.length) {
                    neighbors = Arrays.copyOf(neighbors, 2 * count);
                    atMs = Arrays.copyOf(atMs, 2 * count);
                }
                count++;
            }
            int behind = count - 1 - at;
            System.arraycopy(neighbors, at + 1, neighbors, at, behind);
            System.arraycopy(atMs, at + 1, atMs, at, behind);
            neighbors[count - 1] = by;
            atMs[count - 1] = nowMs;
        }

        void clear() {
            Arrays.fill(neighbors, null);
            count = 0;
        }
    }

    private final LinkedTable<Users> users;

    /** {@code seed}: see {@link LinkedTable}. */
    Precursors(long seed) {
        this.users = new LinkedTable<>(seed);
    }

    /** {@code from} handed over a message for {@code destination}. */
    void used(long nowMs, NodeId destination, Neighbor from) {
        int slot = users.find(destination.value(), 0);
        if (slot == LinkedTable.NONE) {
            slot = users.add(destination.value(), 0, users.size() >= MAX_DESTINATIONS ? forgetEldest() : new Users());
        }
        users.touch(slot);
        users.value(slot).used(nowMs, from);
    }

    /** Those that used the route within its life L and are still there; they are forgotten. */
    List<Neighbor> take(long nowMs, NodeId destination) {
        List<Neighbor> present = new ArrayList<>();
        int slot = users.find(destination.value(), 0);
        if (slot != LinkedTable.NONE) {
            Users of = users.value(slot);
            users.remove(slot);
            for (int i = 0; i < of.count; i++) {
                Neighbor neighbor = of.neighbors[i];
                if (neighbor != null
                        && neighbor.isUsable()
                        && nowMs - of.atMs[i] <= neighbor.parameters().routeLifeMs()) {
                    present.add(neighbor);
                }
            }
        }
        return present;
    }

    boolean has(NodeId destination) {
        return users.find(destination.value(), 0) != LinkedTable.NONE;
    }

    private Users forgetEldest() {
        Users eldest = users.value(users.oldest());
        users.remove(users.oldest());
        eldest.clear();
        return eldest;
    }
}
