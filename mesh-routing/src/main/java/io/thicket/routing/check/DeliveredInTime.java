package io.thicket.routing.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * I12, liveness: what is offered while the network is connected arrives within a bound. Judged apart from safety: a lossy
 * medium may break it for a while without any rule being wrong, so the run says when it counts.
 *
 * @param <M> names a message
 */
public final class DeliveredInTime<M> {
    private final long boundMs;
    private final Map<M, Long> offeredAtMs = new LinkedHashMap<>();

    public DeliveredInTime(long boundMs) {
        this.boundMs = boundMs;
    }

    public void offered(long nowMs, M message) {
        offeredAtMs.put(message, nowMs);
    }

    /** An empty text if it came within the bound. */
    public String arrived(long nowMs, M message) {
        Long since = offeredAtMs.remove(message);
        return since == null || nowMs - since <= boundMs
                ? ""
                : "I12 delivered in time: " + message + " took " + (nowMs - since) + " ms, the bound is " + boundMs;
    }

    /** An empty text if nothing is overdue. */
    public String overdue(long nowMs) {
        for (Map.Entry<M, Long> entry : offeredAtMs.entrySet()) {
            if (nowMs - entry.getValue() > boundMs) {
                return "I12 delivered in time: " + entry.getKey() + " is missing after " + (nowMs - entry.getValue())
                        + " ms, the bound is " + boundMs;
            }
        }
        return "";
    }
}
