package io.thicket.agent.node;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that this node has heard of, and what to call them. Two nodes of one name are both shown with a four-digit
 * suffix, so that neither passes for the other. Bounded; the one not seen for longest makes room.
 */
public final class NodeDirectory {
    /** Most nodes remembered. */
    static final int MAX_NODES = 4096;

    private static final Comparator<Entry> BY_AGE = Comparator.comparingInt(entry -> entry.order);

    /** In the order of their NodeIds. Everybody knows many nodes, so that each is to take little. */
    private final ArrayList<Entry> sorted = new ArrayList<>(0);

    /** The NodeIds of {@link #sorted}, one after the other in memory, because they are searched for at each message. */
    private long[] ids = {};

    /** The names that several nodes have, and how many: hardly ever any. */
    private final Map<String, Integer> holders = new HashMap<>(0);

    private int learned;

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

        /** Of its name, so that hardly any name is looked at that is another. */
        private int nameHash;

        /** The how manieth to become known. */
        private final int order;

        Entry(Identity identity, long seenAtMs, int order) {
            identify(identity);
            this.seenAtMs = seenAtMs;
            this.order = order;
        }

        private void identify(Identity newIdentity) {
            identity = newIdentity;
            nameHash = newIdentity.name().hashCode();
        }

        boolean isNamed(String name, int hash) {
            return nameHash == hash && identity.name().equals(name);
        }

        boolean isOlderThan(Entry other) {
            return seenAtMs != other.seenAtMs ? seenAtMs < other.seenAtMs : order < other.order;
        }
    }

    /**
     * A node says its name in a message that is sealed but not signed; its IDENT is still on the way. Ignored if the node is
     * known. Returns whether the name is now held by two.
     */
    public boolean presume(long nowMs, NodeId id, String name, long epoch) {
        return find(id) == null && put(nowMs, new Identity(id, name, Set.of(), epoch));
    }

    /** This node; it never makes room for another. */
    public void self(long nowMs, Identity identity) {
        learn(nowMs, identity);
        Entry entry = find(identity.id());
        if (entry != null) {
            entry.self = true;
        }
    }

    /** A verified IDENT. */
    public Change learn(long nowMs, Identity identity) {
        Entry entry = find(identity.id());
        boolean known = entry != null && entry.verified;
        boolean sameName = entry != null && entry.identity.name().equals(identity.name());
        boolean conflict = false;
        if (entry != null && sameName) {
            entry.identify(identity);
            entry.seenAtMs = nowMs;
        } else {
            conflict = put(nowMs, identity);
        }
        Entry now = find(identity.id());
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
        Entry entry = find(identity.id());
        if (entry == null) {
            makeRoom();
            insert(new Entry(identity, nowMs, learned++));
        } else {
            String former = entry.identity.name();
            entry.identify(identity);
            entry.seenAtMs = nowMs;
            recount(former);
        }
        return recount(identity.name()) > 1;
    }

    /** Counts anew how many have this name. It looks at all, but only when a node becomes known, is renamed or is forgotten. */
    private int recount(String name) {
        int count = 0;
        int hash = name.hashCode();
        for (int i = 0; i < sorted.size(); i++) {
            count += sorted.get(i).isNamed(name, hash) ? 1 : 0;
        }
        if (count > 1) {
            holders.put(name, count);
        } else {
            holders.remove(name);
        }
        return count;
    }

    private @Nullable Entry find(NodeId id) {
        int place = placeOf(id);
        return place < sorted.size() && ids[place] == id.value() ? sorted.get(place) : null;
    }

    /** Where it is, or belongs. */
    private int placeOf(NodeId id) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ids[middle], id.value()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(Entry entry) {
        int place = placeOf(entry.identity.id());
        if (ids.length == sorted.size()) {
            ids = Arrays.copyOf(ids, ids.length + ids.length / 4 + 4);
        }
        System.arraycopy(ids, place, ids, place + 1, sorted.size() - place);
        ids[place] = entry.identity.id().value();
        sorted.add(place, entry);
    }

    private void remove(Entry entry) {
        int place = placeOf(entry.identity.id());
        sorted.remove(place);
        System.arraycopy(ids, place + 1, ids, place, sorted.size() - place);
    }

    /** In the order in which they became known. */
    private List<Entry> byAge() {
        List<Entry> all = new ArrayList<>(sorted);
        all.sort(BY_AGE);
        return all;
    }

    /** Something of {@code id} was heard; {@code hops} from here, or -1 if unknown. */
    public void seen(long nowMs, NodeId id, int hops) {
        Entry entry = find(id);
        if (entry != null) {
            entry.seenAtMs = nowMs;
            if (hops >= 0) {
                entry.hops = hops;
            }
        }
    }

    /** What to call {@code id}: its name, with a suffix if another node has it too; the 16 digits if it is unknown. */
    public String label(NodeId id) {
        Entry entry = find(id);
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
        Entry entry = find(id);
        return entry == null || !entry.verified ? -1 : entry.identity.epoch();
    }

    /** Identities of the nodes named {@code name}. */
    public List<Identity> named(String name) {
        List<Entry> holding = new ArrayList<>(1);
        int hash = name.hashCode();
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).isNamed(name, hash)) {
                holding.add(sorted.get(i));
            }
        }
        holding.sort(BY_AGE);
        List<Identity> found = new ArrayList<>(holding.size());
        for (Entry entry : holding) {
            found.add(entry.identity);
        }
        return found;
    }

    /** All nodes, in the order in which they became known. */
    public List<Known> all(long nowMs) {
        List<Known> all = new ArrayList<>(sorted.size());
        for (Entry entry : byAge()) {
            all.add(new Known(entry.identity, label(entry.identity.id()), entry.hops, nowMs - entry.seenAtMs));
        }
        return all;
    }

    /** One known node. */
    public record Known(Identity identity, String label, int hops, long lastSeenAgoMs) {}

    private void makeRoom() {
        if (sorted.size() < MAX_NODES) {
            return;
        }
        Entry oldest = null;
        for (Entry entry : sorted) {
            if (!entry.self && (oldest == null || entry.isOlderThan(oldest))) {
                oldest = entry;
            }
        }
        if (oldest != null) {
            remove(oldest);
            recount(oldest.identity.name());
        }
    }

    /** Names that are held by several; for tests. */
    int sharedNames() {
        return holders.size();
    }
}
