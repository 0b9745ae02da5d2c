package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeNamesTest {
    private static final long PREFIX = 0xfd12_3456_7890_0000L;
    private static final NodeId FAR = new NodeId(0x77);

    private final List<NodeSnapshot.KnownNode> known =
            List.of(node(1, "n1", "n1"), node(2, "n2", "n2-0000"), node(3, "n2", "n2-0000"));
    private final List<String> asked = new ArrayList<>();

    private static NodeSnapshot.KnownNode node(long id, String name, String label) {
        return new NodeSnapshot.KnownNode(new NodeId(id), name, label, "", Set.of(), 0, 0);
    }

    private Optional<NodeId> resolve(String text) {
        return NodeNames.resolve(known, PREFIX, text, name -> {
            asked.add(name);
            return name.equals("n77") ? Optional.of(FAR) : Optional.empty();
        });
    }

    @Test
    void who_is_known_here_is_not_looked_for_elsewhere() {
        assertEquals(Optional.of(new NodeId(1)), resolve("N1"));
        assertEquals(Optional.of(new NodeId(0x99)), resolve("0000000000000099"));
        assertEquals(List.of(), asked);
    }

    @Test
    void who_is_not_known_here_is_looked_for_elsewhere() {
        assertEquals(Optional.of(FAR), resolve("N77"));
        assertEquals(Optional.empty(), resolve("n78"));
    }

    /** Elsewhere only one of them may be known. */
    @Test
    void a_name_that_several_have_here_is_not_looked_for_elsewhere() {
        assertEquals(Optional.empty(), resolve("n2"));
        assertEquals(List.of(), asked);
    }
}
