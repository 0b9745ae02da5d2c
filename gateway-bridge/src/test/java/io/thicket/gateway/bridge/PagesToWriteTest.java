package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesToWriteTest {
    private static final int NODES = 30;

    private final PagesToWrite pages = new PagesToWrite(SiteNode.LISTED);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_agrees_with_a_set_in_the_order_of_putting(long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        List<SiteNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new SiteNode(new NodeId(i)));
        }
        Set<SiteNode> model = new LinkedHashSet<>();
        for (int step = 0; step < 20_000; step++) {
            SiteNode node = nodes.get(draws.nextInt(NODES));
            switch (draws.nextInt(8)) {
                case 0 -> {
                    pages.remove(node);
                    model.remove(node);
                }
                case 1 -> node.clearDue(); // its page was written by another gateway
                case 2 -> takesWhatIsDue(step, model);
                default -> {
                    long dueMs = step + draws.nextInt(100);
                    node.setDue(dueMs);
                    node.set(SiteNode.LISTED_OWN, draws.nextInt(10) == 0);
                    pages.put(node, dueMs);
                    model.add(node);
                }
            }
            for (SiteNode each : nodes) {
                assertEquals(model.contains(each), each.is(SiteNode.LISTED));
            }
        }
    }

    private void takesWhatIsDue(long nowMs, Set<SiteNode> model) {
        model.removeIf(node -> node.dueMs(nowMs) == SiteNode.NEVER || node.is(SiteNode.LISTED_OWN));
        List<SiteNode> due =
                model.stream().filter(node -> node.dueMs(nowMs) <= nowMs).toList();
        assertTrue(due.isEmpty() || pages.mayBeDue(nowMs));
        due.forEach(model::remove);

        List<SiteNode> taken = new ArrayList<>();
        pages.take(nowMs, node -> node.dueMs(nowMs) <= nowMs, node -> node.is(SiteNode.LISTED_OWN), taken);

        assertEquals(due, taken);
        taken.forEach(node -> assertEquals(SiteNode.NEVER, node.dueMs(nowMs)));
        assertFalse(pages.mayBeDue(nowMs), "what is left is due later");
    }
}
