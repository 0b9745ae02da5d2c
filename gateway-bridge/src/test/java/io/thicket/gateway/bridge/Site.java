package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.WALL_MS;
import static io.thicket.gateway.Fixtures.arrival;
import static io.thicket.gateway.Fixtures.reading;

import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gateways with one broker that passes on, retains and keeps sessions, in literal time and without delay. */
final class Site {
    static final String ROOT = "thicket/v1/site1/";

    private static final BrokerLimits BROKER = new BrokerLimits(20, Long.MAX_VALUE);

    private final BridgeSettings settings;
    private final List<Gateway> gateways = new ArrayList<>();
    private final Map<String, Publication> retained = new LinkedHashMap<>();
    /** All that came to the broker, as {@code gateway topic payload}. */
    private final List<String> log = new ArrayList<>();

    long nowMs;
    private long number;

    Site() {
        this(BridgeSettings.DEFAULT);
    }

    Site(BridgeSettings settings) {
        this.settings = settings;
    }

    /** A gateway that is connected and has heard all. */
    Gateway gateway(String name, long id) {
        return gateway(name, id, 0, true);
    }

    /** The same; its clock is {@code aheadMs} ahead, which it knows nothing of if that is not {@code synchronised}. */
    Gateway gateway(String name, long id, long aheadMs, boolean synchronised) {
        Gateway gateway = new Gateway(name, new NodeId(id), aheadMs, synchronised);
        gateways.add(gateway);
        gateway.connect(BrokerSession.NEW);
        return gateway;
    }

    /** Time goes on to {@code untilMs}, a second at a time. */
    void to(long untilMs) {
        while (nowMs < untilMs) {
            nowMs = Math.min(untilMs, nowMs - nowMs % 1_000 + 1_000);
            gateways.forEach(gateway -> gateway.bridge.onDeadline(nowMs));
            settle();
        }
    }

    /** What the broker retains under {@code topic}, empty for nothing. */
    String retained(String topic) {
        Publication publication = retained.get(ROOT + topic);
        return publication == null ? "" : publication.payload();
    }

    /** Who published what under {@code topic}, in order. */
    List<String> said(String topic) {
        List<String> said = new ArrayList<>();
        for (String line : log) {
            String[] parts = line.split(" ", 3);
            if (parts[1].equals(ROOT + topic)) {
                said.add(parts[0] + " " + parts[2]);
            }
        }
        return said;
    }

    /** Somebody else publishes. */
    void say(Publication publication) {
        take("other", publication);
        settle();
    }

    /** The broker forgets what it retained. */
    void forget() {
        retained.clear();
    }

    /** The broker takes, answers and passes on until nobody has anything more to say. */
    private void settle() {
        boolean any = true;
        while (any) {
            any = false;
            for (Gateway gateway : gateways) {
                any |= gateway.settle();
            }
        }
    }

    private void take(String from, Publication publication) {
        log.add(from + " " + publication.topic() + " " + publication.payload());
        if (publication.retained() && publication.payload().isEmpty()) {
            retained.remove(publication.topic());
        } else if (publication.retained()) {
            retained.put(publication.topic(), publication);
        }
        gateways.forEach(gateway -> gateway.hear(publication));
    }

    /** One gateway. */
    final class Gateway {
        final String name;
        private final NodeId id;
        private final long aheadMs;
        private final boolean synchronised;
        private RecordingBridgeEffects effects;
        Bridge bridge;
        private boolean connected;
        private boolean answersAreLost;
        private boolean isDeaf;
        private long token;
        private final List<Publication> kept = new ArrayList<>();

        Gateway(String name, NodeId id, long aheadMs, boolean synchronised) {
            this.name = name;
            this.id = id;
            this.aheadMs = aheadMs;
            this.synchronised = synchronised;
            effects = new RecordingBridgeEffects();
            bridge = made();
        }

        private Bridge made() {
            WallClock wall = new WallClock() {
                @Override
                public long nowMs() {
                    return WALL_MS + nowMs + aheadMs;
                }

                @Override
                public boolean isSynchronised() {
                    return synchronised;
                }
            };
            return new Bridge(nowMs, settings, TOPICS, new GatewayIdentity(name, id, "1.2.3"), 1, wall, effects);
        }

        void connect(BrokerSession session) {
            connected = true;
            isDeaf = session == BrokerSession.DEAF;
            if (session == BrokerSession.NEW) {
                kept.clear();
            }
            bridge.onConnected(nowMs, BROKER, session);
            List<Publication> before = List.copyOf(kept);
            kept.clear();
            for (Publication message : before) {
                hear(message);
                nowMs++;
            }
            List.copyOf(retained.values()).forEach(this::hear);
            Site.this.settle();
        }

        /** The connection breaks; the broker keeps the session. */
        void lose() {
            connected = false;
            effects.open.clear();
            bridge.onDisconnected(nowMs);
        }

        /** The connection breaks when the broker has taken what comes next, but not answered it; the broker keeps the session. */
        void losesAnswers() {
            answersAreLost = true;
        }

        /** The power fails; the broker says so. */
        void die() {
            lose();
            gateways.remove(this);
            take("will", bridge.lastWill());
            Site.this.settle();
        }

        /** The process begins anew, with nothing in its memory, and connects. */
        void restart() {
            if (connected) {
                die();
            }
            gateways.add(this);
            begin(BrokerSession.NEW);
        }

        /** The same within the will's delay; the broker keeps the session. */
        void restartAtOnce() {
            lose();
            begin(BrokerSession.KEPT);
        }

        private void begin(BrokerSession session) {
            effects = new RecordingBridgeEffects();
            bridge = made();
            connect(session);
        }

        /** The node became known to this gateway. */
        void knows(NodeId node) {
            knows(node, label(node));
        }

        /** It knows it as {@code label} now. */
        void knows(NodeId node, String label) {
            bridge.onNodeKnown(nowMs, new Identity(node, label, Set.of(Identity.Role.SENSOR), 3), label);
            Site.this.settle();
        }

        /** A reading that was just taken comes through this gateway. */
        void brings(NodeId node, long seq, String sensor, double celsius) {
            brings(node, label(node), seq, sensor, celsius);
        }

        /** The same of a node that this gateway calls {@code label}. */
        void brings(NodeId node, String label, long seq, String sensor, double celsius) {
            Reading reading = reading(seq, sensor, 0, celsius);
            bridge.onArrival(nowMs, arrival(node, label, ++number, nowMs, reading));
            Site.this.settle();
        }

        private String label(NodeId node) {
            return "n" + Long.toHexString(node.value());
        }

        private boolean settle() {
            if (!connected || effects.open.isEmpty()) {
                return false;
            }
            if (answersAreLost) {
                answersAreLost = false;
                List<Publication> taken = List.copyOf(effects.open.values());
                lose();
                taken.forEach(publication -> take(name, publication));
                return true;
            }
            for (long open : List.copyOf(effects.open.keySet())) {
                Publication publication = effects.open.remove(open);
                take(name, publication);
                bridge.onAcknowledged(nowMs, open, 0);
            }
            return true;
        }

        private void hear(Publication message) {
            boolean subscribed = bridge.subscriptions().filters().stream()
                    .anyMatch(filter -> message.topic().matches(filter.replace("+", "[^/]+")));
            if (isDeaf) {
                return;
            }
            if (subscribed && connected) {
                bridge.onHeard(nowMs, ++token, message.topic(), message.payload(), message.properties());
            } else if (subscribed) {
                kept.add(message);
            }
        }
    }
}
