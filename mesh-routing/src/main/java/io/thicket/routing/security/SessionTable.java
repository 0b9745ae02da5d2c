package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions and strangers, each bounded: those give way that were not used lately. Strangers never displace a live
 * session; a live one goes only for another that answered its challenge.
 */
final class SessionTable {
    private final ClockTable<Session> live;
    private final ClockTable<Session> strangers;
    private final int maxLive;
    private final int maxStrangers;

    /** +1 whenever a live session ends, so that answers recorded before are void. */
    private long generation;

    /** Sessions so far, in 16 bits: the time by which they grow old. */
    private char added;

    /** {@code seed}: see {@link ClockTable}. */
    SessionTable(int maxLive, int maxStrangers, long seed) {
        this.maxLive = maxLive;
        this.maxStrangers = maxStrangers;
        this.live = new ClockTable<>(seed);
        this.strangers = new ClockTable<>(seed);
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
        long name = Session.key(prefix, bootTag);
        Session session = live.find(name);
        if (session == null) {
            session = strangers.find(name);
        }
        if (session != null) {
            session.usedAt = added;
        }
        return session;
    }

    void addStranger(Session session) {
        if (strangers.size() >= maxStrangers) {
            giveWay(strangers);
        }
        put(strangers, session);
    }

    /** Makes a stranger live and ends every other boot of its node. */
    void promote(Session session) {
        strangers.remove(session.key());
        live.removeIf(other -> other.node.equals(session.node), this::end);
        if (live.size() >= maxLive) {
            end(giveWay(live));
        }
        session.live = true;
        put(live, session);
    }

    void remove(NodeId node, int bootTag) {
        Session session = find(node.prefix(), bootTag);
        if (session != null && session.node.equals(node)) {
            strangers.remove(session.key());
            Session ended = live.find(session.key());
            if (ended != null) {
                live.remove(session.key());
                end(ended);
            }
        }
    }

    /** Another node may have the same name in clear: its session goes. */
    private void put(ClockTable<Session> sessions, Session session) {
        session.usedAt = ++added;
        sessions.put(session);
    }

    /** Removes the one that was used longest ago, of a table that is not empty. */
    private Session giveWay(ClockTable<Session> sessions) {
        Session[] oldest = new Session[1];
        sessions.forEach(session -> {
            if (oldest[0] == null || age(session) > age(oldest[0])) {
                oldest[0] = session;
            }
        });
        sessions.remove(oldest[0].key());
        return oldest[0];
    }

    /** How many were added since it was used; more than 65 535 are never in between. */
    private int age(Session session) {
        return (char) (added - session.usedAt);
    }

    private void end(Session session) {
        session.live = false;
        generation++;
    }
}
