package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions and strangers in one table, each bounded: those give way that were not used lately. Strangers never displace a live
 * session; a live one goes only for another that answered its challenge. It is that table itself: each frame looks a session up, and two objects
 * would be two places in memory to wait for.
 */
final class SessionTable extends ClockTable<Session> {
    private final int maxLive;
    private final int maxStrangers;

    private int live;

    /** +1 whenever a live session ends, so that answers recorded before are void. */
    private long generation;

    /** Sessions so far, in 16 bits: the time by which they grow old. */
    private char added;

    /** {@code seed}: see {@link ClockTable}. */
    SessionTable(int maxLive, int maxStrangers, long seed) {
        super(seed);
        this.maxLive = maxLive;
        this.maxStrangers = maxStrangers;
    }

    long generation() {
        return generation;
    }

    int liveCount() {
        return live;
    }

    /** Counts as use; a forged frame that names a session only keeps it from ageing. */
    @Nullable
    Session find(int prefix, int bootTag) {
        Session session = find(Session.key(prefix, bootTag));
        if (session != null) {
            session.usedAt = added;
        }
        return session;
    }

    /** Of a name in clear that {@link #find} does not know. */
    void addStranger(Session session) {
        if (size() - live >= maxStrangers) {
            giveWay(false);
        }
        session.usedAt = ++added;
        put(session);
    }

    /** Makes a stranger of this table live and ends every other boot of its node. */
    void promote(Session session) {
        removeIf(other -> other.live && other.node.equals(session.node), this::end);
        if (live >= maxLive) {
            end(giveWay(true));
        }
        session.live = true;
        live++;
        session.usedAt = ++added;
    }

    void remove(NodeId node, int bootTag) {
        Session session = find(node.prefix(), bootTag);
        if (session != null && session.node.equals(node)) {
            remove(session.key());
            if (session.live) {
                end(session);
            }
        }
    }

    /** Removes the one that was used longest ago, of those that are live or of the strangers; there is one. */
    private Session giveWay(boolean ofLive) {
        Session[] oldest = new Session[1];
        forEach(session -> {
            if (session.live == ofLive && (oldest[0] == null || age(session) > age(oldest[0]))) {
                oldest[0] = session;
            }
        });
        remove(oldest[0].key());
        return oldest[0];
    }

    /** How many were added since it was used; more than 65 535 are never in between. */
    private int age(Session session) {
        return (char) (added - session.usedAt);
    }

    private void end(Session session) {
        session.live = false;
        live--;
        generation++;
    }
}
