package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRegisterTest {
    private final NodeRegister register = new NodeRegister(new SiteNodes(1), new Work());

    private NodeTrack node(long id, boolean online, boolean elsewhere, long heardAtMs) {
        NodeTrack node = register.add(new NodeId(id), "n" + id, heardAtMs);
        node.online = online;
        node.elsewhere = elsewhere;
        return node;
    }

    /** One's own slow node is heard of less often than another gateway's fast ones. */
    @Test
    void silent_nodes_give_way_first_then_those_of_others_and_of_each_the_one_that_was_silent_longest() {
        node(1, true, false, 1_000);
        node(2, true, true, 9_000);
        node(3, true, true, 8_000);
        node(4, false, false, 9_500);
        node(5, true, false, 500);

        List<String> gone = new ArrayList<>();
        while (register.size() > 0) {
            List<String> before = labels();
            assertTrue(register.forgetOne());
            before.removeAll(labels());
            gone.addAll(before);
        }
        assertEquals(List.of("n4", "n3", "n2", "n5", "n1"), gone);
    }

    @Test
    void one_with_held_readings_does_not() {
        node(1, false, false, 0).held = 1;
        assertFalse(register.forgetOne());
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        register.forEach(node -> labels.add(node.label));
        return labels;
    }
}
