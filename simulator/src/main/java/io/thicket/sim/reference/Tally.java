package io.thicket.sim.reference;

import io.thicket.routing.RoutingCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What a reference counted since its start, under the engine's names. */
final class Tally {
    private final EnumMap<RoutingCounter, Long> counts = new EnumMap<>(RoutingCounter.class);

    Tally() {
        for (RoutingCounter counter : RoutingCounter.values()) {
            counts.put(counter, 0L);
        }
    }

    void count(RoutingCounter counter) {
        add(counter, 1);
    }

    void add(RoutingCounter counter, long amount) {
        counts.merge(counter, amount, Long::sum);
    }

    /** One frame handed to the link. */
    void sent(FrameKind kind, int bytes) {
        count(RoutingCounter.FRAMES_SENT);
        add(RoutingCounter.BYTES_SENT, bytes);
        count(kind == FrameKind.DATA ? RoutingCounter.DATA_FRAMES_SENT : RoutingCounter.CONTROL_FRAMES_SENT);
    }

    void received(int bytes) {
        count(RoutingCounter.FRAMES_RECEIVED);
        add(RoutingCounter.BYTES_RECEIVED, bytes);
    }

    /** Every counter, in declaration order. */
    Map<RoutingCounter, Long> snapshot() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }
}
