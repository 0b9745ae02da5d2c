package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.senml.ReadingBatch.Reading;

/** Takes batches of readings: holds those that are new, and answers for those that the broker has or that were given up. */
final class Arrivals {
    private final ReadingIntake intake;
    private final NodeRegister nodes;
    private final Ledger ledger;
    private final HeldReadings held;
    private final BrokerHealth health;
    private final BridgeCounters counters;
    private long nextOrder = 1;

    Arrivals(
            ReadingIntake intake,
            NodeRegister nodes,
            Ledger ledger,
            HeldReadings held,
            BrokerHealth health,
            BridgeCounters counters) {
        this.intake = intake;
        this.nodes = nodes;
        this.ledger = ledger;
        this.held = held;
        this.health = health;
        this.counters = counters;
    }

    /**
     * Whether the batch comes again from a boot after which its origin signed a later one. That may be another machine with the same key, which
     * is not answered while it is behind; a node that learns of its later epoch sends the same readings in that
     * ({@link BridgeCounter#BATCHES_OUTDATED}).
     */
    boolean isOutdated(NodeTrack node, Arrival arrival) {
        return arrival.outdated() && isAnyKnown(node, arrival);
    }

    boolean hasRoomFor(NodeTrack node, Arrival arrival) {
        int fresh = 0;
        for (Reading reading : arrival.batch().readings()) {
            if (!isKnown(node, arrival.batch().epoch(), reading.seq())) {
                fresh++;
            }
        }
        return held.hasRoomFor(fresh);
    }

    /** Takes a batch for which there is room. Returns false if its message waits here already. */
    boolean take(long nowMs, NodeTrack node, Arrival arrival) {
        counters.add(BridgeCounter.BATCHES, 1);
        if (held.isWaiting(arrival.message())) {
            counters.add(
                    BridgeCounter.READINGS_DUPLICATE, arrival.batch().readings().size());
            return false;
        }
        node.heardAtMs = nowMs;
        node.hops = arrival.hops();
        WaitingMessage message = new WaitingMessage(arrival.message());
        for (Reading reading : arrival.batch().readings()) {
            take(nowMs, node, arrival, reading, message);
        }
        held.arrived(message);
        return true;
    }

    private void take(long nowMs, NodeTrack node, Arrival arrival, Reading reading, WaitingMessage message) {
        long epoch = arrival.batch().epoch();
        if (isAtBroker(node, epoch, reading.seq())) {
            counters.add(BridgeCounter.READINGS_DUPLICATE, 1);
            return;
        }
        if (node.isRefused(epoch, reading.seq())) {
            counters.add(BridgeCounter.READINGS_DUPLICATE, 1);
            message.refused = true;
            return;
        }
        HeldReading.Key key = new HeldReading.Key(node.id, epoch, reading.seq());
        HeldReading existing = held.get(key);
        if (existing != null) {
            counters.add(BridgeCounter.READINGS_DUPLICATE, 1);
            held.attach(existing, message);
            return;
        }
        counters.add(BridgeCounter.READINGS, 1);
        if (held.isEmpty()) {
            health.beginsToWaitForGoodAck(nowMs);
        }
        HeldReading fresh = new HeldReading(
                key,
                node,
                nextOrder++,
                intake.takenMs(nowMs, arrival, reading),
                ReadingIntake.isByItsNode(reading),
                intake.publicationOf(nowMs, node, arrival, reading));
        held.add(fresh, message);
        nodes.queue(fresh);
    }

    private boolean isAnyKnown(NodeTrack node, Arrival arrival) {
        for (Reading reading : arrival.batch().readings()) {
            if (isKnown(node, arrival.batch().epoch(), reading.seq())) {
                return true;
            }
        }
        return false;
    }

    private boolean isKnown(NodeTrack node, long epoch, long seq) {
        return isAtBroker(node, epoch, seq)
                || node.isRefused(epoch, seq)
                || held.get(new HeldReading.Key(node.id, epoch, seq)) != null;
    }

    private boolean isAtBroker(NodeTrack node, long epoch, long seq) {
        return node.isPublished(epoch, seq) || ledger.contains(node.id, epoch, seq);
    }
}
