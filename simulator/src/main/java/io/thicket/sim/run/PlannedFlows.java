package io.thicket.sim.run;

import io.thicket.sim.scenario.file.TrafficPlan;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.AbstractList;
import java.util.List;

/**
 * The packets of a scenario as flows of one packet each. Made as they are asked for: the plan has them already, and a long run of a
 * large network has a hundred a node.
 */
final class PlannedFlows extends AbstractList<Flow> {
    private final List<TrafficPlan> traffic;
    private final int size;

    PlannedFlows(List<TrafficPlan> traffic) {
        this.traffic = List.copyOf(traffic);
        this.size = traffic.stream().mapToInt(plan -> plan.packets().size()).sum();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Flow get(int index) {
        int left = index;
        for (TrafficPlan plan : traffic) {
            if (left < plan.packets().size()) {
                return flow(plan.packets().get(left));
            }
            left -= plan.packets().size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    private static Flow flow(TrafficPlan.Packet packet) {
        double atS = packet.atUs() / 1e6;
        int to = packet.to() == TrafficPlan.ANY_GATEWAY ? Flow.ANY_GATEWAY : packet.to();
        return new Flow(packet.from(), to, atS, atS + 0.5, 1, packet.bytes());
    }
}
