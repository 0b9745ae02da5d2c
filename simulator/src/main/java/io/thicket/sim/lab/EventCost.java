package io.thicket.sim.lab;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Radio;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event costs in networks of different sizes, with the same number of nodes in memory: many small networks take turns, so
 * that each finds the processor's caches as cold as a large one does. Otherwise the caches would be measured: one network of 100
 * nodes fits into them.
 */
final class EventCost {
    /** Neighbours of a node, and seconds between two of its readings. */
    private static final double DEGREE = 10;

    private static final double INTERVAL_S = 600;

    private static final double WARM_UP_S = 120;
    private static final double COUNTED_S = 60;

    /** For what was under way when the counting ended. */
    private static final double DRAIN_S = 10;

    private static final int NODES_PER_GATEWAY = 2_000;

    private static final long TURN_US = 100_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * What was measured.
     *
     * @param cpuNs of the simulating thread, without the collector and the compiler
     * @param possible readings for which there was a way
     */
    record Cost(int networks, int nodes, long events, long cpuNs, long possible, long delivered) {
        double usPerEvent() {
            return cpuNs / 1e3 / events;
        }

        double deliveredShare() {
            return (double) delivered / possible;
        }
    }

    private final String protocol;
    private final int networks;
    private final int nodes;
    private final List<Lab> labs = new ArrayList<>();

    private EventCost(String protocol, int networks, int nodes, long seed) {
        this.protocol = protocol;
        this.networks = networks;
        this.nodes = nodes;
        for (int i = 0; i < networks; i++) {
            labs.add(network(seed + i));
        }
    }

    /** Measures so many networks of so many nodes each, of seeds from {@code seed} on. They are not judged. */
    static Cost of(String protocol, int networks, int nodes, long seed) {
        return new EventCost(protocol, networks, nodes, seed).measure();
    }

    private Lab network(long seed) {
        // The readings end where the counting does.
        LabScenario scenario = LabScenarios.uniform(
                nodes,
                DEGREE,
                (nodes + NODES_PER_GATEWAY - 1) / NODES_PER_GATEWAY,
                INTERVAL_S,
                Radio.RANGE,
                WARM_UP_S,
                WARM_UP_S + COUNTED_S + LabScenarios.DRAIN_S,
                seed);
        Lab lab = new Lab(scenario, protocol, Protocols.named(protocol), new Seeds(seed), null, false);
        lab.start();
        return lab;
    }

    private Cost measure() {
        for (Lab lab : labs) {
            lab.simulation().runUntil((long) (WARM_UP_S * 1e6)); // one after the other: nobody counts
        }
        long eventsBefore = events();
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long endUs = (long) ((WARM_UP_S + COUNTED_S) * 1e6);
        for (long atUs = (long) (WARM_UP_S * 1e6); atUs < endUs; atUs += TURN_US) {
            for (Lab lab : labs) {
                lab.simulation().runUntil(atUs + TURN_US);
            }
        }
        long cpuNs = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        long events = events() - eventsBefore;
        long possible = 0;
        long delivered = 0;
        for (Lab lab : labs) {
            lab.simulation().runUntil(endUs + (long) (DRAIN_S * 1e6));
            LabReport report = LabReport.of(lab, 0);
            possible += report.sent() == 0 ? 0 : Math.round(report.bound30s() * report.sent());
            delivered += report.delivered();
        }
        return new Cost(networks, nodes, events, cpuNs, possible, delivered);
    }

    private long events() {
        return labs.stream().mapToLong(lab -> lab.simulation().executedEvents()).sum();
    }
}
