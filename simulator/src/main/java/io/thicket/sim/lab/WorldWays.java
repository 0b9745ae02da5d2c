package io.thicket.sim.lab;

import io.thicket.sim.medium.wifi.Nearby;
import io.thicket.sim.medium.wifi.Positions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ways through a {@link LabWorld}. The world is looked at in states: one between two of its changes if nobody moves, else one
 * for each second. A way is in time if it exists before the horizon and its source has not gone down meanwhile, since what a
 * node holds in memory ends with it.
 */
final class WorldWays implements Ways {
    private static final long SAMPLE_US = 1_000_000;

    /** Hop tables that are kept; beyond it they are made anew. */
    private static final int MAX_TABLES = 20_000;

    private static final int[] NOBODY = {};

    private record Table(int state, List<Integer> targets) {}

    private final LabWorld world;
    private final int nodes;
    private final boolean moving;

    /** Null where nodes move: then all pairs are looked at. */
    private final @Nullable Nearby nearby;

    private final int[] everybody;
    private long[] changesUs;
    private long revision;
    private final Map<Table, int[]> tables = new HashMap<>();
    private int adjacentState = -1;
    private int[][] adjacent = {};

    WorldWays(LabWorld world, Positions positions) {
        this.world = world;
        this.nodes = positions.nodes();
        this.moving = !positions.isStatic();
        this.nearby = moving ? null : new Nearby(positions, world.propagation().reachM());
        this.everybody = moving ? IntStream.range(0, nodes).toArray() : new int[0];
        this.changesUs = world.changesUs().clone();
    }

    @Override
    public int hops(int from, List<Integer> targets, long atUs) {
        look();
        return table(stateAt(atUs), targets)[from];
    }

    @Override
    public boolean inTime(int from, List<Integer> targets, long atUs) {
        look();
        int last = stateAt(world.horizonUs() - 1); // what changes at the end itself comes too late
        for (int state = stateAt(atUs); state <= last; state++) {
            if (state > stateAt(atUs) && !world.isUp(from, startOf(state))) {
                return false;
            }
            if (table(state, targets)[from] >= 0) {
                return true;
            }
        }
        return false;
    }

    /** What the run itself changed makes all states anew. */
    private void look() {
        if (revision != world.revision()) {
            revision = world.revision();
            changesUs = world.changesUs().clone();
            tables.clear();
            adjacentState = -1;
        }
    }

    private int stateAt(long atUs) {
        if (moving) {
            return (int) (atUs / SAMPLE_US);
        }
        int found = Arrays.binarySearch(changesUs, atUs);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private long startOf(int state) {
        if (moving) {
            return state * SAMPLE_US;
        }
        return state == 0 ? 0 : changesUs[state - 1];
    }

    private int[] table(int state, List<Integer> targets) {
        Table key = new Table(state, targets);
        int @Nullable [] known = tables.get(key);
        if (known != null) {
            return known;
        }
        if (tables.size() >= MAX_TABLES) {
            tables.clear();
        }
        int[] made = search(state, targets);
        tables.put(key, made);
        return made;
    }

    private int[] search(int state, List<Integer> targets) {
        int[][] linked = adjacent(state);
        int[] hops = new int[nodes];
        Arrays.fill(hops, Ledger.NONE);
        int[] reached = new int[nodes];
        int count = 0;
        for (int target : targets) {
            if (hops[target] < 0 && world.isUp(target, startOf(state))) {
                hops[target] = 0;
                reached[count++] = target;
            }
        }
        for (int next = 0; next < count; next++) {
            for (int neighbor : linked[reached[next]]) {
                if (hops[neighbor] < 0) {
                    hops[neighbor] = hops[reached[next]] + 1;
                    reached[count++] = neighbor;
                }
            }
        }
        return hops;
    }

    private int[][] adjacent(int state) {
        if (state == adjacentState) {
            return adjacent;
        }
        long atUs = startOf(state);
        int[][] made = new int[nodes][];
        int[] row = new int[nodes];
        int[] counts = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            made[i] = new int[8];
        }
        boolean[] up = new boolean[nodes];
        for (int i = 0; i < nodes; i++) {
            up[i] = world.isUp(i, atUs);
        }
        for (int i = 0; i < nodes; i++) {
            int count = 0;
            for (int j : up[i] ? candidates(i) : NOBODY) {
                if (j > i && up[j] && world.connects(i, j, atUs)) {
                    row[count++] = j;
                }
            }
            for (int k = 0; k < count; k++) {
                append(made, counts, i, row[k]);
                append(made, counts, row[k], i);
            }
        }
        for (int i = 0; i < nodes; i++) {
            made[i] = Arrays.copyOf(made[i], counts[i]);
        }
        adjacent = made;
        adjacentState = state;
        return made;
    }

    private int[] candidates(int node) {
        return nearby == null ? everybody : nearby.around(node);
    }

    private static void append(int[][] rows, int[] counts, int row, int value) {
        if (counts[row] == rows[row].length) {
            rows[row] = Arrays.copyOf(rows[row], 2 * counts[row]);
        }
        rows[row][counts[row]++] = value;
    }
}
