package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions and strangers, each bounded and in order of their last use. Strangers never displace a live
 * session; a live one goes only for another that answered its challenge.
 */
final class SessionTable {
    private final LinkedTable<Session> live;
    private final LinkedTable<Session> strangers;
    private final int maxLive;
    private final int maxStrangers;

    /** +1 whenever a live session ends, so that answers recorded before are void. */
    private long generation;

    /** {@code seed}: see {@link LinkedTable}. */
    SessionTable(int maxLive, int maxStrangers, long seed) {
        this.maxLive = maxLive;
        this.maxStrangers = maxStrangers;
        this.live = new LinkedTable<>(seed);
        this.strangers = new LinkedTable<>(seed);
    }

    long generation() {
        return generation;
    }

    int liveCount() {
        return live.size();
    }

    /** Counts as use; a forged frame that names a session only keeps it from ageing. */
    @Nullable
    Session find(long clearName) {
        Session session = use(live, clearName);
        return session != null ? session : use(strangers, clearName);
    }

    private static @Nullable Session use(LinkedTable<Session> sessions, long clearName) {
        int slot = sessions.find(clearName, 0);
        if (slot == LinkedTable.NONE) {
            return null;
        }
        sessions.touch(slot);
        return sessions.value(slot);
    }

    void addStranger(Session session) {
        put(strangers, session);
        trim(strangers, maxStrangers);
    }

    /** Makes a stranger live and ends every other boot of its node. */
    void promote(Session session) {
        strangers.remove(session.clearName(), 0);
        int slot = live.oldest();
        while (slot != LinkedTable.NONE) {
            int after = live.younger(slot);
            if (live.value(slot).node.equals(session.node)) {
                end(live.value(slot));
                live.remove(slot);
            }
            slot = after;
        }
        session.live = true;
        put(live, session);
        if (trim(live, maxLive)) {
            generation++;
        }
    }

    void remove(NodeId node, int bootTag) {
        long name = Session.clearName(node.prefix(), bootTag);
        Session session = find(name);
        if (session != null && session.node.equals(node)) {
            strangers.remove(name, 0);
            Session ended = live.get(name, 0);
            if (ended != null) {
                live.remove(name, 0);
                end(ended);
            }
        }
    }

    private static void put(LinkedTable<Session> sessions, Session session) {
        sessions.remove(session.clearName(), 0); // another node may have the same name in clear
        sessions.add(session.clearName(), 0, session);
    }

    private void end(Session session) {
        session.live = false;
        generation++;
    }

    private static boolean trim(LinkedTable<Session> sessions, int max) {
        if (sessions.size() <= max) {
            return false;
        }
        sessions.value(sessions.oldest()).live = false;
        sessions.remove(sessions.oldest());
        return true;
    }
}
