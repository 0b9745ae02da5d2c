package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingCounter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Issue 3, "What it must show": all frames per delivered reading, in a convergecast without loss. */
@Tag("any-jdk") // it only computes
class FrameBudgetTest {
    private static final long WARM_UP_MS = 120_000;
    private static final long MEASURED_MS = 600_000;
    private static final long PERIOD_MS = 10_000;

    /** What one run cost, per reading. */
    record Cost(double hops, double frames, double control, long worstSettleMs, long repeats) {}

    @Test
    void a_grid_of_ten_by_ten_needs_at_most_three_frames_per_hop() {
        Cost cost = measure(grid(21, 10), PERIOD_MS);

        System.out.println("grid 10x10: " + cost);
        assertTrue(cost.control <= 0.5, cost.toString());
        assertTrue(cost.frames <= 3 * cost.hops + cost.control, cost.toString());
        assertEquals(0, cost.repeats);
    }

    @Test
    void a_line_of_ten_and_a_grid_of_five_by_five_need_no_more() {
        Cost line = measure(Mesh.line(22, 10), PERIOD_MS);
        Cost grid = measure(grid(23, 5), PERIOD_MS);

        System.out.println("line of 10: " + line + "\ngrid 5x5: " + grid);
        // Each reading alone, with all of its frames acknowledged, would cost four frames a hop.
        assertTrue(line.frames <= 3 * line.hops + line.control, line.toString());
        assertTrue(grid.frames <= 3 * grid.hops + grid.control, grid.toString());
    }

    @Test
    void neither_does_a_grid_that_reads_once_a_minute_though_fewer_messages_share_a_frame() {
        Cost cost = measure(grid(24, 10), 60_000);

        System.out.println("grid 10x10, every 60 s: " + cost);
        assertTrue(cost.control <= 2, cost.toString());
        assertTrue(cost.frames <= 3 * cost.hops + cost.control, cost.toString());
        assertEquals(0, cost.repeats);
    }

    /** Nodes in rows, node 0 in a corner is the gateway; each hears its neighbours in the row and the column. */
    static Mesh grid(long seed, int side) {
        return grid(new Mesh(seed), side);
    }

    /** The same of a mesh without nodes. */
    static Mesh grid(Mesh mesh, int side) {
        mesh.add(side * side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (x + 1 < side) {
                    mesh.connect(y * side + x, y * side + x + 1);
                }
                if (y + 1 < side) {
                    mesh.connect(y * side + x, (y + 1) * side + x);
                }
            }
        }
        return mesh;
    }

    private static Cost measure(Mesh mesh, long periodMs) {
        mesh.start(0);
        for (int i = 1; i < mesh.nodes.size(); i++) {
            Mesh.Node node = mesh.node(i);
            long phaseMs = mesh.random.nextLong(periodMs);
            for (long at = 20_000 + phaseMs; at < WARM_UP_MS + MEASURED_MS; at += periodMs) {
                mesh.at(at, () -> node.offer("reading"));
            }
        }
        mesh.runFor(WARM_UP_MS);
        long frames = sum(mesh, RoutingCounter.FRAMES_SENT) + replies(mesh);
        long control = sum(mesh, RoutingCounter.CONTROL_FRAMES_SENT);
        int delivered = mesh.node(0).deliveries.size();
        mesh.runFor(MEASURED_MS);
        int readings = mesh.node(0).deliveries.size() - delivered;
        double hops = mesh.node(0).deliveries.subList(delivered, delivered + readings).stream()
                .mapToInt(Mesh.Delivery::hops)
                .average()
                .orElseThrow();
        long worst = 0;
        long repeats = 0;
        for (Mesh.Node node : mesh.nodes) {
            for (Mesh.Outgoing message : node.settledOutgoing) {
                worst = Math.max(worst, message.settledAfterMs);
                repeats += message.turn;
            }
        }
        return new Cost(
                hops,
                (double) (sum(mesh, RoutingCounter.FRAMES_SENT) + replies(mesh) - frames) / readings,
                (double) (sum(mesh, RoutingCounter.CONTROL_FRAMES_SENT) - control) / readings,
                worst,
                repeats);
    }

    private static long replies(Mesh mesh) {
        return sum(mesh, RoutingCounter.HOP_ACKS_SENT) + sum(mesh, RoutingCounter.HOP_REFUSALS_SENT);
    }

    private static long sum(Mesh mesh, RoutingCounter counter) {
        return mesh.nodes.stream()
                .mapToLong(node -> node.router.snapshot(mesh.now).counters().get(counter))
                .sum();
    }
}
