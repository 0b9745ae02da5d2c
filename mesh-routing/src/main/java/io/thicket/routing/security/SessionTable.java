package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions and strangers, each bounded and in order of their last use. Strangers never displace a live
 * session; a live one goes only for another that answered its challenge.
 */
final class SessionTable {
    private final Map<Long, Session> live = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Session> strangers = new LinkedHashMap<>(16, 0.75f, true);
    private final int maxLive;
    private final int maxStrangers;

    /** +1 whenever a live session ends, so that answers recorded before are void. */
    private long generation;

    SessionTable(int maxLive, int maxStrangers) {
        this.maxLive = maxLive;
        this.maxStrangers = maxStrangers;
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
        Session session = live.get(clearName);
        return session != null ? session : strangers.get(clearName);
    }

    void addStranger(Session session) {
        strangers.put(session.clearName(), session);
        trim(strangers, maxStrangers);
    }

    /** Makes a stranger live and ends every other boot of its node. */
    void promote(Session session) {
        strangers.remove(session.clearName());
        live.values().removeIf(other -> other.node.equals(session.node) && ends(other));
        session.live = true;
        live.put(session.clearName(), session);
        if (trim(live, maxLive)) {
            generation++;
        }
    }

    void remove(NodeId node, int bootTag) {
        long name = Session.clearName(node.prefix(), bootTag);
        Session session = find(name);
        if (session != null && session.node.equals(node)) {
            strangers.remove(name);
            Session ended = live.remove(name);
            if (ended != null) {
                ends(ended);
            }
        }
    }

    private boolean ends(Session session) {
        session.live = false;
        generation++;
        return true;
    }

    private static boolean trim(Map<Long, Session> sessions, int max) {
        if (sessions.size() <= max) {
            return false;
        }
        var eldest = sessions.values().iterator();
        eldest.next().live = false;
        eldest.remove();
        return true;
    }
}
