package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that nodes had, or have for others, under which the broker may have their page. Such a page stays until the broker has all that is known of
 * the node under its present name, and if another node's page takes its place it is wanted there at once: a gateway that starts while the broker has
 * neither would take what comes again for something new.
 */
final class FormerPages {
    /** Whose page it is, and whether it was this gateway that renamed the node: only then it may clear the name. */
    private record Former(NodeId node, boolean renamedHere) {}

    private final Map<String, Former> names = new LinkedHashMap<>(0);

    /** The node is not called {@code name} any more. False if too many wait already: its page stays for good, which is harmless. */
    boolean renamed(String name, NodeId node) {
        return put(name, new Former(node, true));
    }

    /** The broker has a page of the node under {@code name}, by which this gateway does not call it. */
    void calledByOthers(String name, NodeId node) {
        Former known = names.get(name);
        if (known == null || !known.node().equals(node)) {
            put(name, new Former(node, false));
        }
    }

    private boolean put(String name, Former former) {
        if (names.size() >= Bridge.MAX_NODES && !names.containsKey(name)) {
            return false;
        }
        names.put(name, former);
        return true;
    }

    /** The broker has a page of {@code node} under {@code name}: the other node whose page was there until now, null if none is known. It is no longer here. */
    @Nullable
    NodeId replaced(NodeId node, String name) {
        Former other = names.isEmpty() ? null : names.get(name);
        if (other == null || other.node().equals(node)) {
            return null;
        }
        names.remove(name);
        return other.node();
    }

    /** The broker has all that is known of the node in its page under {@code name}: former names that this gateway may clear. None of the node is here any more. */
    List<String> take(NodeId node, String name) {
        if (names.isEmpty()) {
            return List.of(); // as nearly always
        }
        List<String> former = new ArrayList<>(1);
        names.entrySet().removeIf(each -> {
            boolean isIts = each.getValue().node().equals(node);
            if (isIts && each.getValue().renamedHere() && !each.getKey().equals(name)) {
                former.add(each.getKey());
            }
            return isIts;
        });
        return former;
    }
}
