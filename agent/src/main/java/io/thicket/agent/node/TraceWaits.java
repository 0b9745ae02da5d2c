package io.thicket.agent.node;

import io.thicket.routing.TraceReport;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who waits for which trace; the router reports each, and has a bound for them. */
final class TraceWaits {
    /** Made with the first one. */
    private Map<Long, Consumer<TraceReport>> waiting = Collections.emptyMap();

    void add(long trace, Consumer<TraceReport> done) {
        waiting = waiting.isEmpty() ? new HashMap<>() : waiting;
        waiting.put(trace, done);
    }

    void end(TraceReport report) {
        Consumer<TraceReport> done = waiting.remove(report.traceId());
        if (done != null) {
            done.accept(report);
        }
    }
}
