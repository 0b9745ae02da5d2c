package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.RouterEffects;
import io.thicket.sim.reference.AodvMessage.Rrep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RFC 3561 s6.9: says hello if nothing else was broadcast, and notices neighbours who said hello and fell silent. */
final class AodvHello {
    private final AodvCore core;

    /** Neighbours who said hello, and when anything was last heard of them; the address plan bounds it. */
    private final Map<Integer, Long> heardMs = new TreeMap<>();

    /** When this node last had to do with data. */
    private long lastDataMs = Long.MIN_VALUE / 2;

    private long nextHelloMs = MeshRouter.NEVER;

    AodvHello(AodvCore core) {
        this.core = core;
    }

    /** @param phaseMs this node's place in the interval, so that not all say hello at once */
    void start(long nowMs, long phaseMs) {
        if (core.parameters.hello() && nextHelloMs == MeshRouter.NEVER) {
            nextHelloMs = nowMs + phaseMs;
        }
    }

    void dataSeen(long nowMs) {
        lastDataMs = nowMs;
    }

    void onHello(long nowMs, int neighbor, Rrep hello) {
        long untilMs = nowMs + core.parameters.helloLossMs();
        core.table.offer(nowMs, neighbor, hello.destinationSeq(), 1, neighbor, untilMs);
        core.table.extend(nowMs, neighbor, untilMs);
        if (core.parameters.hello()) {
            heardMs.put(neighbor, nowMs);
        }
    }

    /** Any frame proves that its transmitter is there. */
    void heard(long nowMs, int neighbor) {
        heardMs.computeIfPresent(neighbor, (key, before) -> nowMs);
    }

    void onDeadline(long nowMs, RouterEffects effects) {
        List<Integer> silent = new ArrayList<>();
        heardMs.forEach((neighbor, lastMs) -> {
            if (nowMs - lastMs > core.parameters.helloLossMs()) {
                silent.add(neighbor);
            }
        });
        for (int neighbor : silent) {
            heardMs.remove(neighbor);
            core.linkBroke(nowMs, neighbor, effects);
        }
        if (nowMs >= nextHelloMs) {
            nextHelloMs = nowMs + core.parameters.helloIntervalMs();
            sayHello(nowMs, effects);
        }
    }

    long nextMs() {
        long next = nextHelloMs;
        for (long lastMs : heardMs.values()) {
            next = Math.min(next, lastMs + core.parameters.helloLossMs() + 1);
        }
        return next;
    }

    private void sayHello(long nowMs, RouterEffects effects) {
        boolean active = nowMs - lastDataMs < core.parameters.activeRouteTimeoutMs();
        boolean spoke = nowMs - core.lastBroadcastMs < core.parameters.helloIntervalMs();
        if (spoke || core.isSilent(nowMs) || core.parameters.helloOnlyWhenActive() && !active) {
            return;
        }
        core.broadcast(
                nowMs, 1, new Rrep(0, core.self, core.ownSeq, core.self, core.parameters.helloLossMs()), effects);
    }
}
