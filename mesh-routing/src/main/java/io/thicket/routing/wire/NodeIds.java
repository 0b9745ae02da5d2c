package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;

/**
 * NodeIds that were read lately, so that a name which comes again and again is one object. The one that was made first is
 * forgotten, however often it is read, and then made anew: whoever sends many names costs memory traffic and nothing else.
 */
public final class NodeIds {
    private final LinkedTable<NodeId> recent;
    private final int size;

    /** Remembers {@code size} names; for {@code seed} see {@link LinkedTable}. */
    public NodeIds(int size, long seed) {
        this.size = size;
        this.recent = new LinkedTable<>(seed);
    }

    /** The one with this number. */
    public NodeId of(long value) {
        int slot = recent.find(value, 0);
        if (slot != LinkedTable.NONE) {
            return recent.value(slot);
        }
        if (recent.size() >= size) {
            recent.remove(recent.oldest());
        }
        NodeId id = new NodeId(value);
        recent.add(value, 0, id);
        return id;
    }
}
