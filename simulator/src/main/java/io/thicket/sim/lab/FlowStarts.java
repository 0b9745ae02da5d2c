package io.thicket.sim.lab;

import io.thicket.sim.kernel.Column;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts the flows of a scenario, each at its time. In effect all are scheduled at once; but only the next one waits in the queue, which
 * would else hold a long run's every packet from the start.
 */
final class FlowStarts {
    private final Simulation simulation;
    private final List<Flow> flows;
    private final Consumer<Flow> starter;

    /** Numbers of flows in the order in which they start. */
    private final Column order;

    private final int size;

    private final long firstPlace;
    private int started;

    private FlowStarts(Simulation simulation, List<Flow> flows, Consumer<Flow> starter) {
        this.simulation = simulation;
        this.flows = flows;
        this.starter = starter;
        this.firstPlace = simulation.reserve(flows.size());
        Integer[] sorted = inOrder(simulation.nowUs(), flows);
        this.size = sorted.length;
        this.order = new Column(size, 0);
        for (int i = 0; i < size; i++) {
            order.set(i, sorted[i]);
        }
    }

    /** Schedules them all; {@code starter} is run for each when it starts. */
    static void schedule(Simulation simulation, List<Flow> flows, Consumer<Flow> starter) {
        new FlowStarts(simulation, flows, starter).scheduleNext();
    }

    /** Of one instant in the order of the events there. */
    private static Integer[] inOrder(long nowUs, List<Flow> flows) {
        long[] atUs = new long[flows.size()];
        int[] sources = new int[flows.size()];
        Integer[] sorted = new Integer[flows.size()];
        int count = 0;
        for (int i = 0; i < atUs.length; i++) {
            Flow flow = flows.get(i);
            atUs[i] = Math.max(nowUs, LabScenario.us(flow.startS())); // what is late starts now
            sources[i] = flow.source();
            if (flow.packets() > 0) {
                sorted[count++] = i;
            }
        }
        Arrays.sort(
                sorted,
                0,
                count,
                Comparator.<Integer>comparingLong(i -> atUs[i]).thenComparingInt(i -> sources[i]));
        return Arrays.copyOf(sorted, count);
    }

    private void scheduleNext() {
        if (started == size) {
            return;
        }
        int number = (int) order.get(started++);
        Flow flow = flows.get(number);
        simulation.scheduleAt(firstPlace + number, flow.source(), LabScenario.us(flow.startS()), () -> {
            scheduleNext();
            starter.accept(flow);
        });
    }
}
