package io.thicket.sim.lab;

import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.scenario.ns3.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the scenario itself allows: shortest ways on the graph of all living nodes within 250 m, at any time. */
final class Reachability implements Ways {
    private static final double RANGE_SQUARED = 250.0 * 250.0;
    private static final long SAMPLE_US = 500_000;
    private static final long HORIZON_US = 30_000_000;

    private final Positions positions;
    private final List<Traffic.Failure> failures;
    private final int nodes;
    /** Static scenarios: hops from a root in the epoch between two failures. */
    private final Map<Long, int[]> known = new LinkedHashMap<>();

    /** Moving scenarios: the component of each node at each sample. */
    private final List<int[]> components = new ArrayList<>();

    Reachability(Positions positions, List<Traffic.Failure> failures) {
        this.positions = positions;
        this.failures = failures;
        this.nodes = positions.nodes();
    }

    @Override
    public int hops(int from, List<Integer> targets, long atUs) {
        int least = Ledger.NONE;
        for (int target : targets) {
            int hops = hopsFrom(target, atUs)[from];
            if (hops >= 0 && (least < 0 || hops < least)) {
                least = hops;
            }
        }
        return least;
    }

    /** Whether there is a way at some instant of the 30 s from {@code atUs} on, looked at twice a second. */
    @Override
    public boolean inTime(int from, List<Integer> targets, long atUs) {
        if (hops(from, targets, atUs) >= 0) {
            return true;
        }
        if (positions.isStatic()) {
            return false;
        }
        long first = (atUs + SAMPLE_US - 1) / SAMPLE_US;
        for (long sample = first; sample * SAMPLE_US <= atUs + HORIZON_US; sample++) {
            int[] component = component((int) sample);
            for (int target : targets) {
                if (component[from] == component[target]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Hops of every node from {@code root}. */
    int[] hopsFrom(int root, long atUs) {
        if (!positions.isStatic()) {
            return search(root, atUs);
        }
        long epoch =
                failures.stream().filter(failure -> failure.atS() * 1e6 <= atUs).count();
        return known.computeIfAbsent(epoch * nodes + root, unused -> search(root, atUs));
    }

    private int[] component(int sample) {
        while (components.size() <= sample) {
            long atUs = components.size() * SAMPLE_US;
            int[] component = new int[nodes];
            Arrays.fill(component, -1);
            for (int root = 0; root < nodes; root++) {
                if (component[root] < 0) {
                    int[] hops = search(root, atUs);
                    for (int i = 0; i < nodes; i++) {
                        if (hops[i] >= 0 || i == root) {
                            component[i] = root;
                        }
                    }
                }
            }
            components.add(component);
        }
        return components.get(sample);
    }

    private int[] search(int root, long atUs) {
        int[] hops = new int[nodes];
        Arrays.fill(hops, Ledger.NONE);
        boolean[] dead = new boolean[nodes];
        for (Traffic.Failure failure : failures) {
            dead[failure.node()] |= failure.atS() * 1e6 <= atUs;
        }
        if (dead[root]) {
            return hops;
        }
        double[] x = new double[nodes];
        double[] y = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            x[i] = positions.x(i, atUs);
            y[i] = positions.y(i, atUs);
        }
        int[] reached = new int[nodes];
        int count = 1;
        reached[0] = root;
        hops[root] = 0;
        for (int next = 0; next < count; next++) {
            int at = reached[next];
            for (int i = 0; i < nodes; i++) {
                double dx = x[i] - x[at];
                double dy = y[i] - y[at];
                if (hops[i] < 0 && !dead[i] && dx * dx + dy * dy <= RANGE_SQUARED) {
                    hops[i] = hops[at] + 1;
                    reached[count++] = i;
                }
            }
        }
        return hops;
    }
}
