package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import java.util.ArrayList;
import java.util.List;

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

        /** The one of the same route that was heard next; of the one heard last the one heard longest ago. */
        User younger = this;

        User(Neighbor neighbor) {
            this.neighbor = neighbor;
        }
    }

    /** By destination, the one unused longest first: of its users the one heard last, which mostly is heard next. */
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
            User youngest = users.value(slot);
            if (youngest.neighbor != from) {
                youngest = following(youngest, from);
                users.replace(slot, youngest);
            }
            youngest.atMs = (int) nowMs;
        }
    }

    /** Those that used the route within its life L and are still there; they are forgotten. */
    List<Neighbor> take(long nowMs, NodeId destination) {
        List<Neighbor> present = new ArrayList<>();
        int slot = users.find(destination.value(), 0);
        if (slot != LinkedTable.NONE) {
            User youngest = users.value(slot);
            users.remove(slot);
            User each = youngest;
            do {
                each = each.younger; // first the oldest
                if (each.neighbor.isUsable()
                        && Integer.toUnsignedLong((int) nowMs - each.atMs)
                                <= each.neighbor.parameters().routeLifeMs()) {
                    present.add(each.neighbor);
                }
            } while (each != youngest);
        }
        return present;
    }

    boolean has(NodeId destination) {
        return users.find(destination.value(), 0) != LinkedTable.NONE;
    }

    private User forgetEldest(Neighbor from) {
        User eldest = users.value(users.oldest());
        users.remove(users.oldest());
        eldest.neighbor = from;
        eldest.younger = eldest;
        return eldest;
    }

    /** The youngest of these users when {@code neighbor}, which {@code youngest} is not, is heard after that. */
    private static User following(User youngest, Neighbor neighbor) {
        int count = 1;
        User before = youngest;
        while (before.younger != youngest && before.younger.neighbor != neighbor) {
            before = before.younger;
            count++;
        }
        User user = before.younger;
        if (user != youngest) {
            before.younger = user.younger;
        } else if (count < MAX_NEIGHBORS) {
            user = new User(neighbor);
        } else {
            user = youngest.younger; // the oldest, which is in its place
            user.neighbor = neighbor;
            return user;
        }
        user.younger = youngest.younger;
        youngest.younger = user;
        return user;
    }
}
