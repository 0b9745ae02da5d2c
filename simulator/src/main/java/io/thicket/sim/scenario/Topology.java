package io.thicket.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Who can hear whom, before any loss: an undirected graph over the nodes 0 to {@code nodes - 1}. By custom node 0 is the
 * gateway.
 *
 * @param name for people
 * @param nodes how many, 1 to {@link #MAX_NODES}
 * @param edges each once, with the smaller node first, in order
 */
public record Topology(String name, int nodes, List<Edge> edges) {
    /** Most nodes of a layout. */
    public static final int MAX_NODES = 10_000;

    private static final int RANDOM_ATTEMPTS = 1000;

    /** Two nodes that hear each other, {@code a < b}. */
    public record Edge(int a, int b) implements Comparable<Edge> {
        public Edge {
            if (a < 0 || a >= b) {
                throw new IllegalArgumentException("edge " + a + "-" + b);
            }
        }

        /** The edge between two nodes in either order. */
        public static Edge between(int one, int other) {
            return new Edge(Math.min(one, other), Math.max(one, other));
        }

        @Override
        public int compareTo(Edge other) {
            return a != other.a ? Integer.compare(a, other.a) : Integer.compare(b, other.b);
        }
    }

    public Topology {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("a layout has 1 to " + MAX_NODES + " nodes, not " + nodes);
        }
        SortedSet<Edge> sorted = new TreeSet<>(edges);
        for (Edge edge : sorted) {
            if (edge.b() >= nodes) {
                throw new IllegalArgumentException("edge " + edge + " in a layout of " + nodes + " nodes");
            }
        }
        edges = List.copyOf(sorted);
    }

    /** 0-1-2-... */
    public static Topology line(int nodes) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < nodes; i++) {
            edges.add(new Edge(i - 1, i));
        }
        return new Topology("line", nodes, edges);
    }

    /** A line whose ends meet; at least 3 nodes. */
    public static Topology ring(int nodes) {
        if (nodes < 3) {
            throw new IllegalArgumentException("a ring has at least 3 nodes, not " + nodes);
        }
        List<Edge> edges = new ArrayList<>(line(nodes).edges());
        edges.add(new Edge(0, nodes - 1));
        return new Topology("ring", nodes, edges);
    }

    /** Rows and columns; each node hears those above, below, left and right of it. */
    public static Topology grid(int columns, int rows) {
        List<Edge> edges = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int node = row * columns + column;
                if (column + 1 < columns) {
                    edges.add(new Edge(node, node + 1));
                }
                if (row + 1 < rows) {
                    edges.add(new Edge(node, node + columns));
                }
            }
        }
        return new Topology("grid", columns * rows, edges);
    }

    /** Two ways from 0 to 3: over 1 and over 2. */
    public static Topology diamond() {
        return new Topology("diamond", 4, List.of(new Edge(0, 1), new Edge(0, 2), new Edge(1, 3), new Edge(2, 3)));
    }

    /**
     * A gateway, then layers of {@code width} nodes, each of which hears all of the layer before, of its own and of the
     * layer behind. With a width of 2 or more each relay has an alternative, and {@code nodes - 1} divided by
     * {@code width}, rounded up, is the number of hops of the farthest node.
     */
    public static Topology ladder(int nodes, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("a layer has at least 1 node, not " + width);
        }
        List<Edge> edges = new ArrayList<>();
        for (int node = 1; node < nodes; node++) {
            int layer = layerOf(node, width);
            for (int other = 0; other < node; other++) {
                if (layer - layerOf(other, width) <= 1) {
                    edges.add(new Edge(other, node));
                }
            }
        }
        return new Topology("ladder", nodes, edges);
    }

    /**
     * Nodes at random places of a unit square that hear each other up to {@code radius}, drawn again until all are
     * connected.
     *
     * @throws IllegalArgumentException if none of {@value #RANDOM_ATTEMPTS} drawings is connected
     */
    public static Topology randomGeometric(int nodes, double radius, RandomGenerator random) {
        for (int attempt = 0; attempt < RANDOM_ATTEMPTS; attempt++) {
            double[] x = new double[nodes];
            double[] y = new double[nodes];
            List<Edge> edges = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                x[i] = random.nextDouble();
                y[i] = random.nextDouble();
                for (int j = 0; j < i; j++) {
                    double dx = x[i] - x[j];
                    double dy = y[i] - y[j];
                    if (dx * dx + dy * dy <= radius * radius) {
                        edges.add(new Edge(j, i));
                    }
                }
            }
            Topology drawn = new Topology("random", nodes, edges);
            if (drawn.isConnected()) {
                return drawn;
            }
        }
        throw new IllegalArgumentException(
                nodes + " nodes with a radius of " + radius + " are practically never connected");
    }

    /** The nodes that {@code node} hears, in order. */
    public List<Integer> neighbors(int node) {
        List<Integer> neighbors = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.a() == node) {
                neighbors.add(edge.b());
            } else if (edge.b() == node) {
                neighbors.add(edge.a());
            }
        }
        neighbors.sort(null);
        return neighbors;
    }

    public boolean isConnected() {
        for (int hops : hopsFrom(0)) {
            if (hops < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the others stay connected among themselves when {@code node} is gone. */
    public boolean isConnectedWithout(int node) {
        int[] hops = hopsFrom(node == 0 ? Math.min(1, nodes - 1) : 0, node);
        for (int other = 0; other < nodes; other++) {
            if (other != node && hops[other] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The fewest hops from {@code root} to each node, -1 where no way leads. */
    public int[] hopsFrom(int root) {
        return hopsFrom(root, -1);
    }

    private int[] hopsFrom(int root, int without) {
        List<List<Integer>> adjacent = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            adjacent.add(new ArrayList<>());
        }
        for (Edge edge : edges) {
            adjacent.get(edge.a()).add(edge.b());
            adjacent.get(edge.b()).add(edge.a());
        }
        int[] hops = new int[nodes];
        Arrays.fill(hops, -1);
        List<Integer> reached = new ArrayList<>();
        hops[root] = 0;
        reached.add(root);
        for (int next = 0; next < reached.size(); next++) {
            int node = reached.get(next);
            for (int neighbor : adjacent.get(node)) {
                if (neighbor != without && hops[neighbor] < 0) {
                    hops[neighbor] = hops[node] + 1;
                    reached.add(neighbor);
                }
            }
        }
        return hops;
    }

    private static int layerOf(int node, int width) {
        return node == 0 ? 0 : (node - 1) / width + 1;
    }
}
