package io.thicket.agent.node;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that this node has heard of, and what to call them. Two nodes of one name are both shown with a four-digit
 * suffix, so that neither passes for the other. Bounded; the one not seen for longest makes room.
 */
public final class NodeDirectory {
    /** Most nodes remembered. */
    static final int MAX_NODES = 4096;

    private final NodeRows nodes = new NodeRows();

    /** The names that several nodes have, and how many: hardly ever any. */
    private Map<String, Integer> holders = Collections.emptyMap();

    /** What {@link #learn} changed. */
    public enum Change {
        NONE,
        NEW,
        RENAMED,
        /** The node's name is now held by two: both labels changed. */
        CONFLICT
    }

    /**
     * A node says its name in a message that is sealed but not signed; its IDENT is still on the way. Ignored if the node is
     * known. Returns whether the name is now held by two.
     */
    public boolean presume(long nowMs, NodeId id, String name, long epoch) {
        return nodes.find(id) == NodeRows.NONE && put(nowMs, new Identity(id, name, Set.of(), epoch));
    }

    /** This node; it never makes room for another. */
    public void self(long nowMs, Identity identity) {
        learn(nowMs, identity);
        int row = nodes.find(identity.id());
        if (row != NodeRows.NONE) {
            nodes.setSelf(row);
        }
    }

    /** A verified IDENT. */
    public Change learn(long nowMs, Identity identity) {
        int row = nodes.find(identity.id());
        boolean known = row != NodeRows.NONE && nodes.isVerified(row);
        boolean sameName = row != NodeRows.NONE && nodes.identity(row).name().equals(identity.name());
        boolean conflict = false;
        if (row != NodeRows.NONE && sameName) {
            nodes.identify(row, identity);
            nodes.see(row, nowMs);
        } else {
            conflict = put(nowMs, identity);
        }
        int now = nodes.find(identity.id());
        if (now != NodeRows.NONE) {
            nodes.verify(now);
        }
        if (conflict) {
            return Change.CONFLICT;
        }
        return known ? (sameName ? Change.NONE : Change.RENAMED) : Change.NEW;
    }

    /** Adds or renames; returns whether the name is now held by two. */
    private boolean put(long nowMs, Identity identity) {
        int row = nodes.find(identity.id());
        if (row == NodeRows.NONE) {
            makeRoom();
            nodes.add(identity, nowMs);
        } else {
            String former = nodes.identity(row).name();
            nodes.identify(row, identity);
            nodes.see(row, nowMs);
            recount(former);
        }
        return recount(identity.name()) > 1;
    }

    /** Counts anew how many have this name. It looks at all, but only when a node becomes known, is renamed or is forgotten. */
    private int recount(String name) {
        int count = 0;
        for (int row = 0; row < nodes.size(); row++) {
            count += nodes.isNamed(row, name) ? 1 : 0;
        }
        if (count > 1) {
            holders = holders.isEmpty() ? new HashMap<>() : holders;
            holders.put(name, count);
        } else {
            holders.remove(name);
        }
        return count;
    }

    /** Something of {@code id} was heard; {@code hops} from here, or -1 if unknown. */
    public void seen(long nowMs, NodeId id, int hops) {
        int row = nodes.find(id);
        if (row != NodeRows.NONE) {
            nodes.see(row, nowMs);
            if (hops >= 0) {
                nodes.setHops(row, hops);
            }
        }
    }

    /** What to call {@code id}: its name, with a suffix if another node has it too; the 16 digits if it is unknown. */
    public String label(NodeId id) {
        int row = nodes.find(id);
        if (row == NodeRows.NONE) {
            return id.toString();
        }
        String name = nodes.identity(row).name();
        if (holders.getOrDefault(name, 0) < 2) {
            return name;
        }
        String suffix = "-" + id.toString().substring(0, 4);
        int keep = Math.min(name.length(), Identity.MAX_NAME_LENGTH - suffix.length());
        return name.substring(0, keep) + suffix;
    }

    /** The newest epoch that {@code id} has signed, -1 if nothing signed by it is known. */
    public long epochOf(NodeId id) {
        int row = nodes.find(id);
        return row == NodeRows.NONE || !nodes.isVerified(row)
                ? -1
                : nodes.identity(row).epoch();
    }

    /** Identities of the nodes named {@code name}, in the order in which they became known. */
    public List<Identity> named(String name) {
        List<Identity> found = new ArrayList<>(1);
        for (int row = 0; row < nodes.size(); row++) {
            if (nodes.isNamed(row, name)) {
                found.add(nodes.identity(row));
            }
        }
        return found;
    }

    /** All nodes, in the order in which they became known. */
    public List<Known> all(long nowMs) {
        List<Known> all = new ArrayList<>(nodes.size());
        for (int row = 0; row < nodes.size(); row++) {
            Identity identity = nodes.identity(row);
            all.add(new Known(identity, label(identity.id()), nodes.hops(row), nowMs - nodes.seenAtMs(row)));
        }
        return all;
    }

    /** One known node. */
    public record Known(Identity identity, String label, int hops, long lastSeenAgoMs) {}

    /** Of several that were seen last at one time the one goes that became known first. */
    private void makeRoom() {
        if (nodes.size() < MAX_NODES) {
            return;
        }
        int oldest = NodeRows.NONE;
        for (int row = 0; row < nodes.size(); row++) {
            if (!nodes.isSelf(row) && (oldest == NodeRows.NONE || nodes.seenAtMs(row) < nodes.seenAtMs(oldest))) {
                oldest = row;
            }
        }
        if (oldest != NodeRows.NONE) {
            String name = nodes.identity(oldest).name();
            nodes.remove(oldest);
            recount(name);
        }
    }

    /** Names that are held by several; for tests. */
    int sharedNames() {
        return holders.size();
    }
}
