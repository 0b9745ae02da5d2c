package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.E2eAck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Gathers settlements of all origins, so that one E2EACK covers many messages of an origin and one frame takes the
 * E2EACKs of many origins as far as their ways are the same. It waits only where company is likely: at a gateway that
 * settles a message now and then each is told at once.
 */
final class SettleBatches {
    /** The wait where settlements come rarely, and for whoever is in a hurry. */
    static final long GATHER_MS = 50;

    /** The wait where they come often; far less than the 8 s after which an outbox repeats at the earliest. */
    static final long BUSY_GATHER_MS = 2_000;

    /** A message of this age is settled without delay: its origin may be about to repeat it. */
    static final long OLD_MS = 3_000;

    /** A mean gap of this length or more makes waiting useless. */
    private static final long RARE_GAP_MS = BUSY_GATHER_MS;

    private static final double GAP_ALPHA = 0.125;

    /** Origins gathered for at once; beyond it all leave early. */
    static final int MAX_BATCHES = 256;

    /** TTL of an E2EACK. */
    static final int TTL = 64;

    private record Key(NodeId origin, long epoch, SettleStatus status) {}

    private final NodeId self;
    /** Made with the first one, which only gateways see. */
    private Map<Key, TreeSet<Long>> batches = Collections.emptyMap();

    private long dueMs = MeshRouter.NEVER;
    private double meanGapMs = 2.0 * RARE_GAP_MS;
    private long lastMs = Long.MIN_VALUE / 2;

    SettleBatches(NodeId self) {
        this.self = self;
    }

    /** One more to tell; {@code ageMs} is how old the message is, {@code repeated} if its origin asks again. */
    void add(long nowMs, MessageId message, SettleStatus status, long ageMs, boolean repeated) {
        long gapMs = Math.min(4 * RARE_GAP_MS, nowMs - lastMs);
        lastMs = nowMs;
        meanGapMs += GAP_ALPHA * (gapMs - meanGapMs);
        batches = batches.isEmpty() ? new LinkedHashMap<>() : batches;
        TreeSet<Long> numbers =
                batches.computeIfAbsent(new Key(message.origin(), message.epoch(), status), unused -> new TreeSet<>());
        numbers.add(message.number());
        boolean hurry = repeated || ageMs >= OLD_MS || meanGapMs >= RARE_GAP_MS;
        dueMs = Math.min(dueMs, nowMs + (hurry ? GATHER_MS : BUSY_GATHER_MS));
        if (batches.size() >= MAX_BATCHES || numbers.size() >= E2eAck.SPAN) {
            dueMs = nowMs;
        }
    }

    /** Nobody will be here to tell later: what is gathered leaves now. */
    void hurry(long nowMs) {
        if (!batches.isEmpty()) {
            dueMs = nowMs;
        }
    }

    long nextDeadlineMs() {
        return dueMs;
    }

    /** The E2EACKs due now: all or none. */
    List<E2eAck> takeDue(long nowMs) {
        List<E2eAck> due = new ArrayList<>();
        if (dueMs == MeshRouter.NEVER || dueMs - nowMs > 0) {
            return due;
        }
        for (Map.Entry<Key, TreeSet<Long>> entry : batches.entrySet()) {
            cover(entry.getKey(), entry.getValue(), due);
        }
        batches.clear();
        dueMs = MeshRouter.NEVER;
        return due;
    }

    private void cover(Key key, NavigableSet<Long> numbers, List<E2eAck> into) {
        while (!numbers.isEmpty()) {
            long base = numbers.first();
            long bitmap = 0;
            numbers.remove(base);
            while (!numbers.isEmpty() && numbers.first() - base < E2eAck.SPAN) {
                bitmap |= 1L << (numbers.first() - base - 1);
                numbers.remove(numbers.first());
            }
            into.add(new E2eAck(key.origin(), key.epoch(), base, bitmap, key.status(), self, null, TTL));
        }
    }
}
