package io.thicket.sim.console;

import io.thicket.agent.cli.Failure;
import io.thicket.agent.cli.PageText;
import io.thicket.agent.coap.NodePages;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.MeshRouter.Refusal;
import io.thicket.routing.TraceReport;
import io.thicket.sim.run.RunControl;
import java.util.Optional;
import java.util.function.Consumer;

/** Pings from one node to another, or one trace: as {@code thicket ping} and {@code thicket trace} do them, in simulated time. */
final class PingErrand implements Errand {
    /** A router reports each trace long before; beyond it the node itself is gone. */
    static final long PATIENCE_MS = 10_000;

    /** What is printed of a trace. */
    interface Printer {
        /** One page, empty if it could not be sent because of too many others; for people, without the last line's end. */
        String text(byte[] page) throws Failure;
    }

    private final RunControl control;
    private final Consumer<String> out;
    private final Printer printer;
    private final String summary;
    private final PageText.Pings pings = new PageText.Pings();
    private final int node;
    private final int to;
    private final int count;
    private final long intervalMs;
    private int number;
    private int answered;
    private long startedUs;
    private boolean done;

    private PingErrand(
            RunControl control,
            Consumer<String> out,
            int node,
            int to,
            int count,
            int intervalS,
            Optional<Printer> printer) {
        this.control = control;
        this.out = out;
        this.node = node;
        this.to = to;
        this.count = count;
        this.intervalMs = intervalS * 1_000L;
        this.printer = printer.orElse(pings::line);
        this.summary = printer.isPresent() ? "" : control.names().get(to);
    }

    /** Begins to ping. */
    static PingErrand pings(RunControl control, Consumer<String> out, int node, int to, int count, int intervalS) {
        PingErrand errand = new PingErrand(control, out, node, to, count, intervalS, Optional.empty());
        errand.next();
        return errand;
    }

    /** Begins one trace. */
    static PingErrand trace(RunControl control, Consumer<String> out, int node, int to, Printer printer) {
        PingErrand errand = new PingErrand(control, out, node, to, 1, 1, Optional.of(printer));
        errand.next();
        return errand;
    }

    private void next() {
        Optional<NodeSnapshot> now = control.node(node);
        if (now.isEmpty()) {
            gone();
            return;
        }
        int mine = ++number;
        startedUs = control.nowUs();
        long trace = control.trace(node, to, this::reported);
        if (trace == Refusal.NO_ROUTE) {
            page(NodePages.noWay(now.get(), control.id(to)));
        } else if (trace <= 0) {
            page(new byte[0]);
        } else {
            control.in(node, PATIENCE_MS, () -> {
                if (answered < mine && !done) {
                    gone();
                }
            });
        }
    }

    private void reported(TraceReport report) {
        control.node(node).ifPresent(now -> page(NodePages.trace(now, report)));
    }

    private void page(byte[] page) {
        if (done) {
            return;
        }
        answered = number;
        try {
            out.accept(printer.text(page));
        } catch (Failure e) {
            throw new AssertionError("a node's own page cannot be read", e);
        }
        if (number < count) {
            long passedMs = (control.nowUs() - startedUs) / 1_000;
            control.in(node, Math.max(1, intervalMs - passedMs), this::next);
        } else {
            end();
        }
    }

    private void gone() {
        out.accept(control.names().get(node) + " has no power any more");
        end();
    }

    private void end() {
        done = true;
        if (!summary.isEmpty()) {
            out.accept("\n" + pings.summary(summary));
        }
    }

    @Override
    public void look() {}

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void cut() {
        if (answered < number) {
            out.accept("the run ended before an answer came");
        }
        end();
    }
}
