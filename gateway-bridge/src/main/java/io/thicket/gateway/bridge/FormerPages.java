package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Old names of nodes that were renamed, whose pages stay until the broker has all that is known under the new name: at no moment does it have
 * neither, which a gateway that starts then would take for a node whose readings were never published.
 */
final class FormerPages {
    /** Whose page is still wanted, by name. */
    private final Map<String, NodeId> names = new LinkedHashMap<>(0);

    /** The node is not called {@code name} any more. False if too many wait already: its page stays for good, which is harmless. */
    boolean put(String name, NodeId node) {
        if (names.size() >= Bridge.MAX_NODES && !names.containsKey(name)) {
            return false;
        }
        names.put(name, node);
        return true;
    }

    /** The broker has all that is known of the node in its page under {@code label}: names that it had before, which are no longer here. */
    List<String> take(NodeId node, String label) {
        if (names.isEmpty()) {
            return List.of(); // as nearly always
        }
        List<String> former = new ArrayList<>(1);
        names.forEach((name, its) -> {
            if (its.equals(node) && !name.equals(label)) {
                former.add(name);
            }
        });
        former.forEach(names::remove);
        names.remove(label, node); // it is called so again
        return former;
    }
}
