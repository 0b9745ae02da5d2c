package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Phy;
import io.thicket.sim.medium.wifi.Radio;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an insider says beside the truth is what it is said to lie about. */
class InsidersTest {
    private static final int LIAR = 4;
    private static final List<Insider> LIARS = List.of(new Insider(LIAR, Insider.Kind.METRIC_LIAR));

    private final Insiders insiders = new Insiders(LIARS, new Seeds(1));
    private final LabScenario scenario =
            LabScenarios.grid(9, 200, 10, Radio.RANGE, 60, 240, 1).withInsiders(LIARS);
    private final RoutingParameters lora = RoutingParameters.of(LinkClass.LORA);

    @Test
    void a_metric_liar_on_lora_has_the_timers_of_its_neighbors_and_the_costs_of_a_fast_link() {
        LinkInfo truth = LinkInfos.of(Phy.lora(LoraRadio.sf9()));

        LinkInfo told = insiders.linkOf(LIAR, truth);
        RoutingParameters its = Insiders.parametersOf(scenario, LIAR, lora);

        assertEquals(LinkClass.LORA, told.linkClass());
        assertEquals(truth.mtuBytes(), told.mtuBytes());
        assertEquals(lora.tombstoneMs(), its.tombstoneMs());
        assertEquals(lora, its.with(truly -> truly.frameOverhead = lora.frameOverhead()));
        assertTrue(told.radio() == null
                && told.rateKbps() > 1_000_000
                && its.frameOverhead() * 100 < lora.frameOverhead());
    }

    @Test
    void honest_nodes_say_what_is_so() {
        LinkInfo truth = LinkInfos.of(Phy.lora(LoraRadio.sf9()));

        assertSame(truth, insiders.linkOf(LIAR + 1, truth));
        assertSame(lora, Insiders.parametersOf(scenario, LIAR + 1, lora));
    }
}
