package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions and strangers, each bounded: those give way that were not used lately. Strangers never displace a live
 * session; a live one goes only for another that answered its challenge.
 */
final class SessionTable {
    private final SessionSet live;
    private final SessionSet strangers;
    private final int maxLive;
    private final int maxStrangers;

    /** +1 whenever a live session ends, so that answers recorded before are void. */
    private long generation;

    /** {@code seed}: see {@link SessionSet}. */
    SessionTable(int maxLive, int maxStrangers, long seed) {
        this.maxLive = maxLive;
        this.maxStrangers = maxStrangers;
        this.live = new SessionSet(seed);
        this.strangers = new SessionSet(seed);
    }

    long generation() {
        return generation;
    }

    int liveCount() {
        return live.size();
    }

    /** Counts as use; a forged frame that names a session only keeps it from ageing. */
    @Nullable
    Session find(int prefix, int bootTag) {
        Session session = live.find(prefix, bootTag);
        if (session == null) {
            session = strangers.find(prefix, bootTag);
        }
        if (session != null) {
            session.used = true;
        }
        return session;
    }

    void addStranger(Session session) {
        if (strangers.size() >= maxStrangers) {
            strangers.giveWay();
        }
        strangers.put(session);
    }

    /** Makes a stranger live and ends every other boot of its node. */
    void promote(Session session) {
        strangers.remove(session.prefix, session.bootTag);
        live.removeAll(session.node, this::end);
        if (live.size() >= maxLive) {
            end(live.giveWay());
        }
        session.live = true;
        live.put(session);
    }

    void remove(NodeId node, int bootTag) {
        Session session = find(node.prefix(), bootTag);
        if (session != null && session.node.equals(node)) {
            strangers.remove(node.prefix(), bootTag);
            Session ended = live.find(node.prefix(), bootTag);
            if (ended != null) {
                live.remove(node.prefix(), bootTag);
                end(ended);
            }
        }
    }

    private void end(Session session) {
        session.live = false;
        generation++;
    }
}
