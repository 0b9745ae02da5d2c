package io.thicket.sim.run;

import io.thicket.sim.scenario.file.TrafficPlan;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;

/**
 * The packets of a scenario as flows of one packet each. Made as they are asked for: the plan has them already, and a long run of a
 * large network has a hundred a node.
 */
final class PlannedFlows extends AbstractList<Flow> {
    private final List<TrafficPlan> traffic;

    /** The number of the first packet of each plan, then how many there are. */
    private final int[] firsts;

    PlannedFlows(List<TrafficPlan> traffic) {
        this.traffic = List.copyOf(traffic);
        this.firsts = new int[traffic.size() + 1];
        for (int i = 0; i < traffic.size(); i++) {
            firsts[i + 1] = Math.addExact(firsts[i], traffic.get(i).packets().size());
        }
    }

    @Override
    public int size() {
        return firsts[traffic.size()];
    }

    @Override
    public Flow get(int index) {
        Objects.checkIndex(index, size());
        int low = 0;
        int high = traffic.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firsts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return flow(traffic.get(low).packets().get(index - firsts[low]));
    }

    private static Flow flow(TrafficPlan.Packet packet) {
        double atS = packet.atUs() / 1e6;
        int to = packet.to() == TrafficPlan.ANY_GATEWAY ? Flow.ANY_GATEWAY : packet.to();
        return new Flow(packet.from(), to, atS, atS + 0.5, 1, packet.bytes());
    }
}
