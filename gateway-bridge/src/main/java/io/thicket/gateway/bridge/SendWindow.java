package io.thicket.gateway.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is on its way to the broker: publications without a PUBACK, as many as the settings and the broker allow. */
final class SendWindow {
    private final int most;
    private final BrokerHealth health;
    private final BridgeCounters counters;
    private final BridgeEffects effects;
    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private @Nullable BrokerLimits limits;
    private long nextToken = 1;

    /** Closed; {@code most}: the settings' window. */
    SendWindow(int most, BrokerHealth health, BridgeCounters counters, BridgeEffects effects) {
        this.most = most;
        this.health = health;
        this.counters = counters;
        this.effects = effects;
    }

    /** There is a connection. */
    void open(BrokerLimits brokerLimits) {
        limits = brokerLimits;
    }

    /** There is none. */
    void close() {
        limits = null;
    }

    boolean isOpen() {
        return limits != null;
    }

    boolean hasRoom() {
        return limits != null && inFlight.size() < Math.min(most, limits.receiveMaximum());
    }

    int size() {
        return inFlight.size();
    }

    /** The broker's Maximum Packet Size; only while it is open. */
    long maximumPacketBytes() {
        if (limits == null) {
            throw new IllegalStateException("no connection");
        }
        return limits.maximumPacketBytes();
    }

    /** A reading, which the caller has found to be small enough. */
    void send(long nowMs, Publication publication, HeldReading reading) {
        publish(nowMs, new InFlight(publication, reading, null, null), publication);
    }

    /** A retained topic of a node. */
    void send(long nowMs, Publication publication, NodeTrack node, NodeTrack.Topic topic) {
        if (isSmallEnough(publication)) {
            publish(nowMs, new InFlight(publication, null, node, topic), publication);
        }
    }

    /** What is the gateway's own. */
    void send(long nowMs, Publication publication) {
        if (isSmallEnough(publication)) {
            publish(nowMs, new InFlight(publication, null, null, null), publication);
        }
    }

    private boolean isSmallEnough(Publication publication) {
        if (publication.fits(maximumPacketBytes())) {
            return true;
        }
        effects.warn("not published, larger than the broker's Maximum Packet Size topic=" + publication.topic());
        return false;
    }

    private void publish(long nowMs, InFlight entry, Publication publication) {
        long token = nextToken++;
        if (inFlight.isEmpty()) {
            health.beginsToWaitForAck(nowMs);
        }
        inFlight.put(token, entry);
        counters.add(BridgeCounter.PUBLICATIONS, 1);
        effects.publish(token, publication);
    }

    /** The publication of this token, which is no longer on its way; null for an old token. */
    @Nullable
    InFlight acknowledged(long token) {
        return inFlight.remove(token);
    }

    /** All that is on its way, in order, and is not any more: the connection is gone. */
    List<InFlight> takeBack() {
        List<InFlight> all = new ArrayList<>(inFlight.values());
        inFlight.clear();
        return all;
    }
}
