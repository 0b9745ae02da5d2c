package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by what frames carry in clear, in one array (open addressing, at most three quarters full): a frame finds its session with a look at that and one at
 * the session. Who gives way is found by the clock algorithm: nearly the one that was used least recently, without an order to be kept at each use.
 */
final class SessionSet {
    private static final @Nullable Session[] ONE_EMPTY_PLACE = {null};

    /** A secret, so that nobody can choose names that all have the same place. */
    private final long seed;

    /** A power of two of them. */
    private @Nullable Session[] places = ONE_EMPTY_PLACE;

    private int size;

    /** Where the clock stands. */
    private int hand;

    SessionSet(long seed) {
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** The session of this name, null if there is none. */
    @Nullable
    Session find(int prefix, int bootTag) {
        int place = home(prefix, bootTag);
        Session session = places[place];
        while (session != null && (session.bootTag != bootTag || session.prefix != prefix)) {
            place = next(place);
            session = places[place];
        }
        return session;
    }

    /** Another session of the same name goes; it may be another node's. */
    void put(Session session) {
        remove(session.prefix, session.bootTag);
        if (4 * (size + 1) > 3 * places.length) {
            grow();
        }
        session.used = true;
        insert(session);
        size++;
    }

    /** Nothing happens if there is none of this name. */
    void remove(int prefix, int bootTag) {
        int place = home(prefix, bootTag);
        for (Session session = places[place]; session != null; session = places[place]) {
            if (session.bootTag == bootTag && session.prefix == prefix) {
                removeAt(place);
                return;
            }
            place = next(place);
        }
    }

    /** Removes every boot of {@code node}, and gives each. */
    void removeAll(NodeId node, Consumer<Session> visitor) {
        int place = 0;
        while (place < places.length) {
            Session session = places[place];
            if (session != null && session.node.equals(node)) {
                removeAt(place); // another one may be there now
                visitor.accept(session);
            } else {
                place++;
            }
        }
    }

    /** Removes one that was not used since it was last passed over. There must be some. */
    Session giveWay() {
        while (true) {
            int place = hand & places.length - 1;
            Session session = places[place];
            if (session != null && !session.used) {
                removeAt(place); // the next one may be there now, so the hand stays
                return session;
            }
            if (session != null) {
                session.used = false;
            }
            hand++;
        }
    }

    private void removeAt(int gap) {
        places[gap] = null;
        size--;
        // What lies behind may have been put off by what is gone now.
        int place = next(gap);
        for (Session moved = places[place]; moved != null; moved = places[place]) {
            places[place] = null;
            insert(moved);
            place = next(place);
        }
    }

    private void grow() {
        @Nullable Session[] former = places;
        places = new @Nullable Session[Math.max(4, 2 * former.length)];
        for (Session session : former) {
            if (session != null) {
                insert(session);
            }
        }
    }

    private void insert(Session session) {
        int place = home(session.prefix, session.bootTag);
        while (places[place] != null) {
            place = next(place);
        }
        places[place] = session;
    }

    private int next(int place) {
        return place + 1 & places.length - 1;
    }

    private int home(int prefix, int bootTag) {
        long mixed = ((long) prefix << 32 | Integer.toUnsignedLong(bootTag)) ^ seed;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & places.length - 1;
    }
}
