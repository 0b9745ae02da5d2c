package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.sim.scenario.file.TrafficPlan;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedFlowsTest {
    @Test
    void each_packet_of_each_plan_is_a_flow_in_their_order() {
        TrafficPlan none = new TrafficPlan(TrafficPlan.Kind.BURST, List.of(), 60_000, List.of());
        TrafficPlan readings = new TrafficPlan(
                TrafficPlan.Kind.PERIODIC,
                List.of(3, 4),
                60_000,
                List.of(
                        new TrafficPlan.Packet(1_500_000, 3, TrafficPlan.ANY_GATEWAY, 40),
                        new TrafficPlan.Packet(2_000_000, 4, TrafficPlan.ANY_GATEWAY, 41)));
        TrafficPlan packets = new TrafficPlan(
                TrafficPlan.Kind.CSV, List.of(1), 0, List.of(new TrafficPlan.Packet(500_000, 1, 2, 100)));

        List<Flow> flows = new PlannedFlows(List.of(none, readings, none, packets));

        assertEquals(
                List.of(
                        new Flow(3, Flow.ANY_GATEWAY, 1.5, 2, 1, 40),
                        new Flow(4, Flow.ANY_GATEWAY, 2, 2.5, 1, 41),
                        new Flow(1, 2, 0.5, 1, 1, 100)),
                flows);
        assertThrows(IndexOutOfBoundsException.class, () -> flows.get(3));
        assertThrows(UnsupportedOperationException.class, () -> flows.remove(0));
        assertThrows(
                UnsupportedOperationException.class, () -> readings.packets().remove(0));
    }
}
