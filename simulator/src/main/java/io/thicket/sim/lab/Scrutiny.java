package io.thicket.sim.lab;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.kernel.Simulation;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Looks at what routers do: counts and tells it, looks for loops in it, and judges each router after its calls. */
final class Scrutiny {
    private static final long LOOPS_EVERY_US = 1_000_000;

    /** Larger networks are looked at less often, so that looking does not take longer than the rest. */
    private static final int LOOPS_NODES = 100;

    private final Simulation simulation;
    private final IntFunction<@Nullable RoutingSnapshot> pictures;
    private final RunCounts counts;
    private final RunTrace trace;
    private final Loops loops;
    private final @Nullable LabJudge judge;

    /** {@code pictures} gives a node's routing state now, null if it is down; {@code judge} is null in a run that is not judged. */
    Scrutiny(
            Simulation simulation,
            IntFunction<@Nullable RoutingSnapshot> pictures,
            RunCounts counts,
            RunTrace trace,
            Loops loops,
            @Nullable LabJudge judge) {
        this.simulation = simulation;
        this.pictures = pictures;
        this.counts = counts;
        this.trace = trace;
        this.loops = loops;
        this.judge = judge;
    }

    /** The run begins, of so many nodes. */
    void start(int nodes) {
        if (loops.isSampled()) {
            lookForLoops(LOOPS_EVERY_US * Math.max(1, nodes / LOOPS_NODES));
        }
    }

    private void lookForLoops(long everyUs) {
        loops.look();
        simulation.schedule(Simulation.NOBODY, simulation.nowUs() + everyUs, () -> lookForLoops(everyUs));
    }

    void dropped(int node, MessageId message, DropReason reason) {
        counts.dropped(reason);
        trace.dropped(node, message, reason);
    }

    void routeChanged(int node, RouteChange change) {
        loops.changed(node, change.destination(), change.nextHop());
        counts.routeChanged();
        trace.routeChanged(node, change);
    }

    void alarm(int node, Alarm alarm) {
        counts.alarmed();
        trace.alarm(node, alarm);
    }

    /** The router of {@code node} was called. */
    void called(int node) {
        loops.called(node);
        if (judge != null) {
            judge.look(simulation.nowMs(), node, pictures.apply(node));
        }
    }

    /** The router of {@code node} is gone: it is not called again. */
    void gone(int node) {
        loops.down(node);
        if (judge != null) {
            judge.look(simulation.nowMs(), node, null);
        }
    }

    /** The disk of {@code node} was set back on purpose. */
    void restored(int node) {
        if (judge != null) {
            judge.restored(node);
        }
    }

    /** Whether the invariants are judged in this run. */
    boolean isJudged() {
        return judge != null;
    }

    /** How often an invariant was evaluated; 0 for protocols that are not judged. */
    long checks() {
        return judge == null ? 0 : judge.checks();
    }

    /** How many loops there were so far. */
    long loops() {
        return loops.count();
    }
}
