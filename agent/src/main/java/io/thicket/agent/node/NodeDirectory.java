package io.thicket.agent.node;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private final Map<NodeId, Entry> byId = new LinkedHashMap<>();
    private final Map<String, Integer> holders = new HashMap<>();

    /** What {@link #learn} changed. */
    public enum Change {
        NONE,
        NEW,
        RENAMED,
        /** The node's name is now held by two: both labels changed. */
        CONFLICT
    }

    /** One node. */
    private static final class Entry {
        private Identity identity;
        private long seenAtMs;
        private int hops = -1;
        private boolean verified;
        private boolean self;

        Entry(Identity identity, long seenAtMs) {
            this.identity = identity;
            this.seenAtMs = seenAtMs;
        }
    }

    /**
     * A node says its name in a message that is sealed but not signed; its IDENT is still on the way. Ignored if the node is
     * known. Returns whether the name is now held by two.
     */
    public boolean presume(long nowMs, NodeId id, String name, long epoch) {
        return !byId.containsKey(id) && put(nowMs, new Identity(id, name, Set.of(), epoch));
    }

    /** This node; it never makes room for another. */
    public void self(long nowMs, Identity identity) {
        learn(nowMs, identity);
        Entry entry = byId.get(identity.id());
        if (entry != null) {
            entry.self = true;
        }
    }

    /** A verified IDENT. */
    public Change learn(long nowMs, Identity identity) {
        Entry entry = byId.get(identity.id());
        boolean known = entry != null && entry.verified;
        boolean sameName = entry != null && entry.identity.name().equals(identity.name());
        boolean conflict = false;
        if (entry != null && sameName) {
            entry.identity = identity;
            entry.seenAtMs = nowMs;
        } else {
            conflict = put(nowMs, identity);
        }
        Entry now = byId.get(identity.id());
        if (now != null) {
            now.verified = true;
        }
        if (conflict) {
            return Change.CONFLICT;
        }
        return known ? (sameName ? Change.NONE : Change.RENAMED) : Change.NEW;
    }

    /** Adds or renames; returns whether the name is now held by two. */
    private boolean put(long nowMs, Identity identity) {
        Entry entry = byId.get(identity.id());
        if (entry == null) {
            makeRoom();
            byId.put(identity.id(), new Entry(identity, nowMs));
        } else {
            release(entry.identity.name());
            entry.identity = identity;
            entry.seenAtMs = nowMs;
        }
        return holders.merge(identity.name(), 1, Integer::sum) > 1;
    }

    /** Something of {@code id} was heard; {@code hops} from here, or -1 if unknown. */
    public void seen(long nowMs, NodeId id, int hops) {
        Entry entry = byId.get(id);
        if (entry != null) {
            entry.seenAtMs = nowMs;
            if (hops >= 0) {
                entry.hops = hops;
            }
        }
    }

    /** What to call {@code id}: its name, with a suffix if another node has it too; the 16 digits if it is unknown. */
    public String label(NodeId id) {
        Entry entry = byId.get(id);
        if (entry == null) {
            return id.toString();
        }
        String name = entry.identity.name();
        if (holders.getOrDefault(name, 0) < 2) {
            return name;
        }
        String suffix = "-" + id.toString().substring(0, 4);
        int keep = Math.min(name.length(), Identity.MAX_NAME_LENGTH - suffix.length());
        return name.substring(0, keep) + suffix;
    }

    /** The newest epoch that {@code id} has signed, -1 if nothing signed by it is known. */
    public long epochOf(NodeId id) {
        Entry entry = byId.get(id);
        return entry == null || !entry.verified ? -1 : entry.identity.epoch();
    }

    /** Identities of the nodes named {@code name}. */
    public List<Identity> named(String name) {
        List<Identity> found = new ArrayList<>();
        for (Entry entry : byId.values()) {
            if (entry.identity.name().equals(name)) {
                found.add(entry.identity);
            }
        }
        return found;
    }

    /** All nodes, in the order in which they became known. */
    public List<Known> all(long nowMs) {
        List<Known> all = new ArrayList<>(byId.size());
        byId.forEach((id, entry) -> all.add(new Known(entry.identity, label(id), entry.hops, nowMs - entry.seenAtMs)));
        return all;
    }

    /** One known node. */
    public record Known(Identity identity, String label, int hops, long lastSeenAgoMs) {}

    private void makeRoom() {
        if (byId.size() < MAX_NODES) {
            return;
        }
        NodeId oldest = null;
        long oldestSeen = Long.MAX_VALUE;
        for (Map.Entry<NodeId, Entry> entry : byId.entrySet()) {
            if (!entry.getValue().self && entry.getValue().seenAtMs < oldestSeen) {
                oldest = entry.getKey();
                oldestSeen = entry.getValue().seenAtMs;
            }
        }
        if (oldest != null) {
            Entry removed = byId.remove(oldest);
            if (removed != null) {
                release(removed.identity.name());
            }
        }
    }

    /** A name that nobody has is forgotten, else names would pile up. */
    private void release(String name) {
        holders.computeIfPresent(name, (ignored, count) -> count > 1 ? count - 1 : null);
    }

    /** Names that are held; for tests. */
    int names() {
        return holders.size();
    }
}
