package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds the node that a person means: by label, name, NodeId, mesh address or what others call it, in this order. */
public final class NodeNames {
    private NodeNames() {}

    /**
     * The node that {@code text} names among {@code known}. A NodeId or a mesh address of this network names a node even
     * if it is not known. A name that several nodes have names none of them: their labels do.
     *
     * @param meshPrefix {@link MeshAddress#prefixOf} of this network
     * @param elsewhere who else is known by a name that nobody has here
     */
    public static Optional<NodeId> resolve(
            List<NodeSnapshot.KnownNode> known,
            long meshPrefix,
            String text,
            Function<String, Optional<NodeId>> elsewhere) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Optional<NodeId> byLabel =
                only(known.stream().filter(node -> node.label().equals(wanted)).toList());
        if (byLabel.isPresent()) {
            return byLabel;
        }
        List<NodeSnapshot.KnownNode> named =
                known.stream().filter(node -> node.name().equals(wanted)).toList();
        if (!named.isEmpty()) {
            return only(named);
        }
        if (wanted.matches("[0-9a-f]{16}")) {
            return Optional.of(NodeId.parse(wanted));
        }
        Optional<MeshAddress> address = MeshAddress.parse(wanted);
        return address.isPresent()
                ? address.filter(mesh -> mesh.prefix() == meshPrefix).map(MeshAddress::id)
                : elsewhere.apply(wanted);
    }

    private static Optional<NodeId> only(List<NodeSnapshot.KnownNode> found) {
        return found.size() == 1 ? Optional.of(found.get(0).id()) : Optional.empty();
    }
}
