package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.engine.Peer.Bench;
import org.junit.jupiter.api.Test;

/** A link that may not send its largest frame is refused, and nothing of what was before is changed by that. */
class ImpossibleLinkTest {
    private static final RoutingParameters PARAMETERS = RoutingParameters.of(LinkClass.LORA);
    private static final LinkInfo SLOW = new LinkInfo(LinkClass.LORA, 1, 250, true, new LoraRadio(12, 125, 1, 10));

    @Test
    void a_budget_that_refuses_a_change_goes_on_as_it_was() {
        DutyBudget budget = new DutyBudget(0, MixedMesh.LORA, PARAMETERS);
        long airtimeUs = budget.airtimeUs(100);

        assertThrows(IllegalArgumentException.class, () -> budget.update(0, SLOW, PARAMETERS));

        assertEquals(airtimeUs, budget.airtimeUs(100));
        assertTrue(budget.take(0, DutyBudget.Use.DATA, 250));
        assertEquals(0, budget.waitMs(0, DutyBudget.Use.DATA));
    }

    @Test
    void a_router_that_refuses_a_change_of_radio_keeps_the_link() {
        Bench bench = new Bench();
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);

        assertThrows(IllegalArgumentException.class, () -> bench.router.onLink(0, Peer.LINK, SLOW, bench));

        assertEquals(MixedMesh.LORA, bench.router.links().iterator().next().info);
    }

    @Test
    void a_router_that_refuses_a_change_of_class_keeps_its_neighbours() {
        Bench bench = new Bench();
        new Peer(bench, 1).join();

        assertThrows(IllegalArgumentException.class, () -> bench.router.onLink(0, Peer.LINK, SLOW, bench));

        assertFalse(bench.router.snapshot(0).neighbors().isEmpty());
        assertEquals(
                NeighborState.TWO_WAY,
                bench.router.snapshot(0).neighbors().get(0).state());
    }
}
