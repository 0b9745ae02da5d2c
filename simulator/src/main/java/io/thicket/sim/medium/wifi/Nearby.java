package io.thicket.sim.medium.wifi;

import java.util.Arrays;

/**
 * Who may hear whom, found without asking all: places in squares as wide as a signal reaches. Whoever is
 * not in the same square or one of the eight around it is out of reach.
 */
public final class Nearby {
    /** Squares at most for each node; with fewer they are wider than they need be. */
    private static final int SQUARES_PER_NODE = 4;

    private final int columns;
    private final int rows;
    private final int[] squareOf;

    /** Where the members of each square begin in {@link #members}. */
    private final int[] starts;

    /** By square, then by number. */
    private final int[] members;

    /**
     * Of the places at the start; where nodes move it holds for that instant only.
     *
     * @param reachM no signal is sensed beyond, in metres; infinite if nobody knows, then all are near
     */
    public Nearby(Positions positions, double reachM) {
        int nodes = positions.nodes();
        double left = Double.MAX_VALUE;
        double low = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int i = 0; i < nodes; i++) {
            left = Math.min(left, positions.x(i, 0));
            right = Math.max(right, positions.x(i, 0));
            low = Math.min(low, positions.y(i, 0));
            high = Math.max(high, positions.y(i, 0));
        }
        double most = Math.max(1, StrictMath.floor(StrictMath.sqrt((double) SQUARES_PER_NODE * nodes)));
        double sideM = Math.max(Math.max(reachM, 1e-3), Math.max(right - left, high - low) / most);
        columns = 1 + (int) ((right - left) / sideM);
        rows = 1 + (int) ((high - low) / sideM);
        squareOf = new int[nodes];
        starts = new int[columns * rows + 1];
        for (int i = 0; i < nodes; i++) {
            int column = (int) ((positions.x(i, 0) - left) / sideM);
            int row = (int) ((positions.y(i, 0) - low) / sideM);
            squareOf[i] = row * columns + column;
            starts[squareOf[i] + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] filled = Arrays.copyOf(starts, starts.length - 1);
        members = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            members[filled[squareOf[i]]++] = i;
        }
    }

    /** All nodes that a signal of {@code node} may reach, and some more, itself included; ascending. */
    public int[] around(int node) {
        int row = squareOf[node] / columns;
        int column = squareOf[node] % columns;
        int left = Math.max(0, column - 1);
        int right = Math.min(columns - 1, column + 1);
        int[] found = {};
        for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
            int from = starts[y * columns + left];
            int count = starts[y * columns + right + 1] - from;
            int before = found.length;
            found = Arrays.copyOf(found, before + count);
            System.arraycopy(members, from, found, before, count);
        }
        Arrays.sort(found);
        return found;
    }
}
