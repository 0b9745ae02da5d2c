package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.wall;

import java.util.List;
import java.util.Map;

/** One bridge, its broker and what it hears, in literal time. */
abstract class BridgeBench {
    static final BrokerLimits BROKER = new BrokerLimits(20, Long.MAX_VALUE);
    static final String ROOT = "thicket/v1/site1/";

    /** Of one of sixteen gateways. */
    static final int SHARE = 8;

    final RecordingBridgeEffects effects = new RecordingBridgeEffects();
    final Bridge bridge = new Bridge(0, BridgeSettings.DEFAULT, TOPICS, GATEWAY, 1, wall(), effects);
    long token;

    void hear(long nowMs, String topic, String payload, Map<String, String> properties) {
        bridge.onHeard(nowMs, ++token, ROOT + topic, payload, properties);
    }

    void hearReading(long nowMs, long seq, String via) {
        hear(nowMs, "n/n17/data", "[]", Map.of("id", "n17/3/" + seq, "node", "0000000000000017", "via", via));
    }

    void hearReadingOf(long nowMs, String id) {
        String label = id.substring(0, id.indexOf('/'));
        String node = "%016x".formatted(Integer.parseInt(label.substring(1)));
        hear(nowMs, "n/" + label + "/data", "[]", Map.of("id", id, "node", node, "via", "gw1"));
    }

    /** The broker acknowledges everything, and brings the gateway's markers back. */
    void ackAll(long nowMs) {
        ackAll(bridge, nowMs);
    }

    void ackAll(Bridge of, long nowMs) {
        while (!effects.open.isEmpty()) {
            for (long open : List.copyOf(effects.open.keySet())) {
                Publication publication = effects.open.remove(open);
                of.onAcknowledged(nowMs, open, 0);
                if (publication.topic().endsWith("/sync")) {
                    of.onHeard(nowMs, ++token, ROOT + "gw/gw1/sync", publication.payload(), Map.of());
                }
            }
        }
    }

    void refuseAll(long nowMs) {
        for (long open : List.copyOf(effects.open.keySet())) {
            effects.open.remove(open);
            bridge.onAcknowledged(nowMs, open, 0x87);
        }
    }

    void connect(long nowMs, BrokerSession session) {
        bridge.onConnected(nowMs, BROKER, session);
        ackAll(nowMs);
    }

    long counter(BridgeCounter counter) {
        return bridge.counters().getOrDefault(counter, -1L);
    }
}
