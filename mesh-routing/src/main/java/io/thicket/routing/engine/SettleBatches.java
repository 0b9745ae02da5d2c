package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.E2eAck;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Gathers settlements for up to {@link #GATHER_MS}, so that one E2EACK covers many messages of an origin. */
final class SettleBatches {
    static final long GATHER_MS = 50;

    /** Origins gathered for at once; beyond it the oldest batch leaves early. */
    static final int MAX_BATCHES = 256;

    /** TTL of an E2EACK. */
    static final int TTL = 64;

    private record Key(NodeId origin, long epoch, SettleStatus status) {}

    private static final class Batch {
        final TreeSet<Long> numbers = new TreeSet<>();
        long dueMs;
    }

    private final NodeId self;
    private final LinkedHashMap<Key, Batch> batches = new LinkedHashMap<>();

    SettleBatches(NodeId self) {
        this.self = self;
    }

    void add(long nowMs, MessageId message, SettleStatus status) {
        Key key = new Key(message.origin(), message.epoch(), status);
        Batch batch = batches.get(key);
        if (batch == null) {
            batch = new Batch();
            batch.dueMs = nowMs + GATHER_MS;
            batches.put(key, batch);
        }
        batch.numbers.add(message.number());
        if (batch.numbers.size() >= E2eAck.SPAN) {
            batch.dueMs = nowMs;
        }
        if (batches.size() > MAX_BATCHES) {
            batches.values().iterator().next().dueMs = nowMs;
        }
    }

    /** Batches are in order of their due times but for those that left early. */
    long nextDeadlineMs() {
        if (batches.isEmpty()) {
            return MeshRouter.NEVER;
        }
        long due = MeshRouter.NEVER;
        for (Batch batch : batches.values()) {
            due = Math.min(due, batch.dueMs);
        }
        return due;
    }

    /** The E2EACKs due now. */
    List<E2eAck> takeDue(long nowMs) {
        List<E2eAck> due = new ArrayList<>();
        Iterator<Map.Entry<Key, Batch>> all = batches.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Batch> entry = all.next();
            if (entry.getValue().dueMs - nowMs <= 0) {
                all.remove();
                cover(entry.getKey(), entry.getValue().numbers, due);
            }
        }
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
