package io.thicket.sim.reference;

import io.thicket.routing.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The 4-byte addresses of an experiment's nodes, as an administrator would give them out: 10.0.0.1 for the first and so
 * on. The originals carry IPv4 addresses; with these their messages have the sizes that their specifications say. An
 * address outside the plan is malformed, which bounds every table that is keyed by address.
 */
public final class AddressPlan {
    /** All ones: everybody in reach. */
    static final int BROADCAST = 0xffff_ffff;

    private static final int FIRST = 0x0a00_0001;

    private final List<NodeId> nodes;
    private final Map<NodeId, Integer> indexOf = new HashMap<>();

    public AddressPlan(List<NodeId> nodes) {
        this.nodes = List.copyOf(nodes);
        for (int i = 0; i < nodes.size(); i++) {
            if (indexOf.put(nodes.get(i), i) != null) {
                throw new IllegalArgumentException("node " + nodes.get(i) + " is there twice");
            }
        }
    }

    public int size() {
        return nodes.size();
    }

    boolean has(NodeId node) {
        return indexOf.containsKey(node);
    }

    /** The address of a node of this experiment. */
    int addressOf(NodeId node) {
        Integer index = indexOf.get(node);
        if (index == null) {
            throw new IllegalArgumentException("node " + node + " has no address");
        }
        return FIRST + index;
    }

    boolean has(int address) {
        return Integer.compareUnsigned(address - FIRST, nodes.size()) < 0;
    }

    /** Whose address this is; it must be of the plan. */
    NodeId nodeAt(int address) {
        return nodes.get(address - FIRST);
    }

    @Nullable
    NodeId findNode(int address) {
        return has(address) ? nodeAt(address) : null;
    }
}
