package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which neighbours send DATA over this node's route to a destination (2.3): those that an RERR is for. */
final class Precursors {
    /** Destinations; the one unused longest is forgotten. */
    static final int MAX_DESTINATIONS = 1_024;

    /** Neighbours per destination; the one heard longest ago is forgotten. */
    static final int MAX_NEIGHBORS = 8;

    /** One that sends over a route. Most routes have one. */
    private static final class User {
        Neighbor neighbor;

        /** When it was heard, the lower 32 bits: 49 days later it looks so once more, and may get an RERR too many. */
        int atMs;

        /** The one of the same route that was heard next. */
        @Nullable
        User younger;

        User(Neighbor neighbor) {
            this.neighbor = neighbor;
        }

        void become(Neighbor other) {
            neighbor = other;
            younger = null;
        }
    }

    /** By destination, the one unused longest first: of its users the one heard longest ago, which knows the others. */
    private final LinkedTable<User> users;

    /** {@code seed}: see {@link LinkedTable}. */
    Precursors(long seed) {
        this.users = new LinkedTable<>(seed);
    }

    /** {@code from} handed over a message for {@code destination}. */
    void used(long nowMs, NodeId destination, Neighbor from) {
        int slot = users.find(destination.value(), 0);
        if (slot == LinkedTable.NONE) {
            User only = users.size() >= MAX_DESTINATIONS ? forgetEldest(from) : new User(from);
            only.atMs = (int) nowMs;
            users.add(destination.value(), 0, only);
        } else {
            users.touch(slot);
            User oldest = users.value(slot);
            if (oldest.neighbor != from || oldest.younger != null) {
                oldest = withYoungest(oldest, from);
                users.replace(slot, oldest);
            }
            youngest(oldest).atMs = (int) nowMs;
        }
    }

    /** Those that used the route within its life L and are still there; they are forgotten. */
    List<Neighbor> take(long nowMs, NodeId destination) {
        List<Neighbor> present = new ArrayList<>();
        int slot = users.find(destination.value(), 0);
        if (slot != LinkedTable.NONE) {
            User oldest = users.value(slot);
            users.remove(slot);
            for (User each = oldest; each != null; each = each.younger) {
                if (each.neighbor.isUsable()
                        && Integer.toUnsignedLong((int) nowMs - each.atMs)
                                <= each.neighbor.parameters().routeLifeMs()) {
                    present.add(each.neighbor);
                }
            }
        }
        return present;
    }

    boolean has(NodeId destination) {
        return users.find(destination.value(), 0) != LinkedTable.NONE;
    }

    private User forgetEldest(Neighbor from) {
        User eldest = users.value(users.oldest());
        users.remove(users.oldest());
        eldest.become(from);
        return eldest;
    }

    /** The oldest of these users when {@code neighbor} is the youngest of them. */
    private static User withYoungest(User oldest, Neighbor neighbor) {
        int count = 0;
        User user = null;
        for (User each = oldest; each != null; each = each.younger) {
            user = each.neighbor == neighbor ? each : user;
            count++;
        }
        if (user == null) {
            user = count < MAX_NEIGHBORS ? new User(neighbor) : oldest;
        }
        User others = without(oldest, user);
        user.become(neighbor);
        if (others == null) {
            return user;
        }
        youngest(others).younger = user;
        return others;
    }

    private static @Nullable User without(@Nullable User oldest, User user) {
        if (oldest == null || oldest == user) {
            return oldest == null ? null : oldest.younger;
        }
        oldest.younger = without(oldest.younger, user);
        return oldest;
    }

    private static User youngest(User oldest) {
        User youngest = oldest;
        while (youngest.younger != null) {
            youngest = youngest.younger;
        }
        return youngest;
    }
}
