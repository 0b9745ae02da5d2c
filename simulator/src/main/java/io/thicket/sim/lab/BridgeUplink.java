package io.thicket.sim.lab;

import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.gateway.bridge.Bridge;
import io.thicket.gateway.bridge.BridgeEffects;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.BrokerLimits;
import io.thicket.gateway.bridge.BrokerSession;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.Publication;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.sim.kernel.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The uplink of a simulated gateway: the gateway's own {@link Bridge} before the {@link ModelBroker} that all gateways share. What Paho
 * does is imitated (the way to the broker, a reconnection like that of the real uplink), what the bridge does is
 * not. What was written to the socket arrives although the gateway died; if the connection broke, all of it or nothing.
 */
final class BridgeUplink implements Uplink {
    private static final TopicScheme TOPICS = new TopicScheme(TopicScheme.DEFAULT_ROOT, "sim");

    private static final long FIRST_DELAY_MS = 500;
    private static final long MAX_DELAY_MS = 60_000;
    private static final long MIN_DELAY_MS = 50;
    private static final int RECEIVE_MAXIMUM = 65_535;

    private final ModelBroker broker;
    private final Later later;
    private final GatewayIdentity identity;
    private final WallClock wall;
    private final RandomGenerator random;
    private @Nullable Host host;
    private @Nullable Bridge bridge;
    private boolean brokerUp = true;
    private boolean connected;
    private @Nullable Wire wire;
    private int failures;

    /** The world outside the gateway, which a power cut does not stop. */
    interface Later {
        long nowMs();

        void in(long ms, Runnable task);

        /** Of this simulation. */
        static Later of(Simulation simulation) {
            return new Later() {
                @Override
                public long nowMs() {
                    return simulation.nowMs();
                }

                @Override
                public void in(long ms, Runnable task) {
                    simulation.schedule(Simulation.NOBODY, simulation.nowUs() + ms * 1_000, task);
                }
            };
        }
    }

    BridgeUplink(ModelBroker broker, Later later, GatewayIdentity identity, WallClock wall, RandomGenerator random) {
        this.broker = broker;
        this.later = later;
        this.identity = identity;
        this.wall = wall;
        this.random = random;
    }

    void setBroker(boolean up) {
        brokerUp = up;
        Host to = host;
        Bridge over = bridge;
        if (!up && connected && to != null && over != null) {
            lost(to, over);
        }
    }

    @Override
    public void start(Host newHost) {
        host = newHost;
        long nowMs = newHost.timers().nowMs();
        Bridge made = new Bridge(
                nowMs, BridgeSettings.DEFAULT, TOPICS, identity, identity.id().value(), wall, new Effects(newHost));
        bridge = made;
        newHost.timers().at(nowMs + 2 * broker.delayMs(), () -> connect(newHost, made));
        arm(newHost, made);
    }

    @Override
    public void accept(Arrival arrival) {
        Host to = host;
        Bridge over = bridge;
        if (to == null || over == null) {
            return;
        }
        over.onArrival(to.timers().nowMs(), arrival);
    }

    @Override
    public void nodeKnown(Identity node, String label) {
        Host to = host;
        Bridge over = bridge;
        if (to != null && over != null) {
            over.onNodeKnown(to.timers().nowMs(), node, label);
        }
    }

    @Override
    public Optional<NodeId> nodeCalled(String label) {
        return bridge == null ? Optional.empty() : bridge.nodeCalled(label);
    }

    @Override
    public GatewayState state() {
        Host to = host;
        Bridge over = bridge;
        return to == null || over == null
                ? new GatewayState(false, true, 0, 0)
                : over.state(to.timers().nowMs());
    }

    @Override
    public String statusLine() {
        return connected ? "connected sim" : "the simulated broker is away";
    }

    @Override
    public void close() {
        if (bridge != null) {
            bridge.close();
        }
        host = null;
        connected = false;
        if (wire != null) {
            wire.close(false);
            wire = null;
        }
    }

    private void connect(Host to, Bridge over) {
        if (host == null || connected) {
            return;
        }
        if (brokerUp) {
            long nowMs = to.timers().nowMs();
            connected = true;
            failures = 0;
            Wire made = new Wire(to, over);
            wire = made;
            boolean kept = broker.connect(later.nowMs(), identity.name(), BrokerSession.KEPT_FOR_S * 1_000, made);
            broker.subscribe(identity.name(), over.subscriptions().filters());
            over.onConnected(
                    nowMs,
                    new BrokerLimits(RECEIVE_MAXIMUM, Long.MAX_VALUE),
                    kept ? BrokerSession.KEPT : BrokerSession.NEW);
        } else {
            reconnectLater(to, over);
        }
    }

    private void lost(Host to, Bridge over) {
        connected = false;
        if (wire != null) {
            wire.close(random.nextBoolean());
            wire = null;
        }
        over.onDisconnected(to.timers().nowMs());
        reconnectLater(to, over);
    }

    /** 0.5 s doubling to 60 s, full jitter, as the real uplink does. */
    private void reconnectLater(Host to, Bridge over) {
        long capMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS << Math.min(failures, 10));
        failures++;
        to.timers().at(to.timers().nowMs() + MIN_DELAY_MS + random.nextLong(capMs), () -> connect(to, over));
    }

    private void arm(Host to, Bridge over) {
        to.timers().at(over.nextDeadlineMs(), () -> {
            if (host != null) {
                over.onDeadline(to.timers().nowMs());
                arm(to, over);
            }
        });
    }

    /** One connection. */
    private final class Wire extends ModelBroker.Client {
        private final Timers timers;
        private final Bridge over;
        private boolean open = true;
        private boolean drops;
        private long nextHeard = 1;
        /** What was handed to the bridge and is not acknowledged, but for {@link #current}. */
        private final Unheard unheard = new Unheard();

        /** What the bridge looks at just now, and nearly always acknowledges at once. */
        private @Nullable Publication current;

        Wire(Host to, Bridge over) {
            this.timers = to.timers();
            this.over = over;
        }

        /** The broker hears of the end; what is on its way to it is lost, too, if {@code loses}. */
        void close(boolean loses) {
            open = false;
            drops = loses;
            broker.disconnect(later.nowMs(), this);
        }

        /** What was looked at on an older connection has no answer; it comes again. */
        void heard(long token) {
            Publication message = current;
            if (message != null && token == nextHeard - 1) {
                current = null;
            } else {
                message = unheard.remove(token);
            }
            if (message != null) {
                broker.acknowledged(this, message);
            }
        }

        void subscribeAgain(String filter) {
            later.in(broker.delayMs(), () -> {
                if (open) {
                    broker.sendRetained(identity.name(), filter);
                }
            });
        }

        void publish(long token, Publication publication) {
            later.in(broker.delayMs(), () -> {
                if (open || !drops) {
                    List<ModelBroker.Client> hearers = broker.take(later.nowMs(), publication);
                    if (!hearers.isEmpty()) {
                        later.in(broker.delayMs(), () -> broker.arrive(hearers, publication));
                    }
                    later.in(broker.delayMs(), () -> {
                        if (open) {
                            over.onAcknowledged(timers.nowMs(), token, 0);
                        }
                    });
                }
            });
        }

        @Override
        public void send(Publication message) {
            later.in(broker.delayMs(), () -> arrived(message));
        }

        @Override
        public void arrived(Publication message) {
            if (!open) {
                return;
            }
            long token = nextHeard++;
            current = message;
            over.onHeard(timers.nowMs(), token, broker.read(TOPICS, message));
            if (current != null) {
                current = null;
                unheard.add(token, message);
            }
        }
    }

    private final class Effects implements BridgeEffects {
        private final Host to;

        Effects(Host to) {
            this.to = to;
        }

        @Override
        public void publish(long token, Publication publication) {
            if (wire != null) {
                wire.publish(token, publication);
            }
        }

        @Override
        public void heard(long token) {
            if (wire != null) {
                wire.heard(token);
            }
        }

        @Override
        public void subscribeAgain(String filter) {
            if (wire != null) {
                wire.subscribeAgain(filter);
            }
        }

        @Override
        public void settle(MessageId message, SettleStatus status) {
            to.settle(message, status);
        }

        @Override
        public void stateChanged() {
            to.stateChanged();
        }

        @Override
        public void reconnect(String reason) {
            Bridge over = bridge;
            if (connected && over != null) {
                to.timers().post(() -> lost(to, over));
            }
        }

        @Override
        public void warn(String sentence) {
            // A person would read it in the log; a run's report has its own figures.
        }
    }
}
