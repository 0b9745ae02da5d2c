package io.thicket.gateway.mqtt;

import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.gateway.bridge.Bridge;
import io.thicket.gateway.bridge.BridgeCounter;
import io.thicket.gateway.bridge.BridgeEffects;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.Publication;
import io.thicket.gateway.bridge.Subscriptions;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The uplink of a gateway: a {@link Bridge} over an MQTT 5 broker. It stays up without a broker and never gives up. Three
 * kinds of threads meet here: the node's loop, which owns every field but the last four; one publisher thread, which makes
 * all blocking calls; and Paho's own, which only fill the inbox.
 */
public final class MqttUplink implements Uplink {
    private static final long FIRST_DELAY_MS = 500;
    private static final long MAX_DELAY_MS = 60_000;
    private static final long MIN_DELAY_MS = 50;
    /** A connection that lived this long was good: after it the delays begin anew. */
    private static final long GOOD_CONNECTION_MS = 30_000;

    private static final long CLOSE_MS = 2_500;
    /** More than the window: publications, and the opening and closing of connections. */
    private static final int MAX_TASKS = 1024;
    /** More than a broker sends before it has an answer. */
    private static final int MAX_EARLY = 16 * BrokerConnection.HEARD_AT_ONCE;

    private final MqttSettings settings;
    private final BridgeSettings bridgeSettings;
    private final TopicScheme topics;
    private final GatewayIdentity identity;
    private final WallClock wall;
    private final RandomGenerator random;

    private @Nullable Host host;
    private @Nullable Bridge bridge;
    private @Nullable BrokerConnection connection;
    private long connectedAtMs;
    private int failures;
    private String trouble = "not started";
    private boolean closed;

    /** How to acknowledge what was heard; the broker sends no more than a few before that. */
    private final Map<Long, Runnable> unheard = new HashMap<>();

    private long nextHeard = 1;

    private final ExecutorService publisher;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean inboxPosted = new AtomicBoolean();
    /** Seen by the publisher thread: a connection that comes too late is dropped. */
    private final AtomicBoolean leaving = new AtomicBoolean();
    /** Of these, one that nobody is to say farewell on. */
    private final AtomicBoolean vanished = new AtomicBoolean();

    /**
     * An uplink that does nothing before {@link #start}.
     *
     * @param random for the jitter of reconnections, and a secret of this run
     */
    public MqttUplink(
            MqttSettings settings,
            BridgeSettings bridgeSettings,
            TopicScheme topics,
            GatewayIdentity identity,
            WallClock wall,
            RandomGenerator random) {
        this.settings = settings;
        this.bridgeSettings = bridgeSettings;
        this.topics = topics;
        this.identity = identity;
        this.wall = wall;
        this.random = random;
        this.publisher =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_TASKS), task -> {
                    Thread thread = new Thread(task, "mqtt-publisher");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void start(Host newHost) {
        if (host != null) {
            throw new IllegalStateException("started before");
        }
        host = newHost;
        long nowMs = newHost.timers().nowMs();
        Bridge newBridge =
                new Bridge(nowMs, bridgeSettings, topics, identity, random.nextLong(), wall, new Effects(newHost));
        bridge = newBridge;
        connect(newHost, newBridge);
        arm(newHost, newBridge);
    }

    @Override
    public void accept(Arrival arrival) {
        if (bridge != null && host != null) {
            bridge.onArrival(host.timers().nowMs(), arrival);
        }
    }

    @Override
    public void nodeKnown(Identity node, String label) {
        if (bridge != null && host != null) {
            bridge.onNodeKnown(host.timers().nowMs(), node, label);
        }
    }

    @Override
    public Optional<NodeId> nodeCalled(String label) {
        return bridge == null ? Optional.empty() : bridge.nodeCalled(label);
    }

    @Override
    public GatewayState state() {
        if (bridge == null || host == null) {
            return new GatewayState(false, true, 0, 0);
        }
        return bridge.state(host.timers().nowMs());
    }

    @Override
    public String statusLine() {
        if (bridge == null || host == null || closed || connection == null) {
            return trouble;
        }
        String problem = bridge.problem(host.timers().nowMs());
        String waiting = bridge.heldReadings() == 0 ? "" : ", " + bridge.heldReadings() + " readings waiting";
        return "connected " + settings.broker() + waiting + (problem.isEmpty() ? "" : "; " + problem);
    }

    /** The bridge's counters, empty before the start. */
    @Override
    public Map<BridgeCounter, Long> counters() {
        return bridge == null ? Map.of() : bridge.counters();
    }

    /** Publishes {@code offline} and disconnects, within 3 s. What the broker has not acknowledged stays with its origins. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        leaving.set(true);
        trouble = "closed";
        BrokerConnection last = connection;
        connection = null;
        if (host != null && bridge != null) {
            List<Publication> farewell = bridge.farewell(host.timers().nowMs());
            bridge.close();
            if (last != null) {
                onPublisher(() -> last.leave(farewell));
            }
        }
        publisher.shutdown();
        try {
            if (!publisher.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                publisher.shutdownNow();
            }
        } catch (InterruptedException e) {
            publisher.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the connection drop without DISCONNECT: the broker publishes the last will for it (MQTT 5, 3.1.2.5). At once. */
    @Override
    public void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        vanished.set(true);
        leaving.set(true);
        trouble = "closed";
        BrokerConnection last = connection;
        connection = null;
        if (bridge != null) {
            bridge.close();
        }
        publisher.shutdownNow(); // what waits there was not sent when the power failed
        if (last != null) {
            Thread thread = new Thread(last::abandon, "mqtt-abandon"); // it may wait for Paho's threads
            thread.setDaemon(true);
            thread.start();
        }
    }

    // On the node's loop

    private void connect(Host to, Bridge over) {
        trouble = failures == 0 ? "connecting to " + settings.broker() : trouble;
        Publication will = over.lastWill();
        Subscriptions subscriptions = over.subscriptions();
        Inbound inbound = new Inbound(to, over);
        boolean begun = onPublisher(() -> {
            try {
                BrokerConnection made = BrokerConnection.open(settings, will, subscriptions, inbound);
                if (vanished.get()) {
                    made.abandon();
                    return;
                }
                if (leaving.get()) {
                    made.leave(List.of(will));
                    return;
                }
                post(to, () -> connected(to, over, made, inbound));
            } catch (ConnectFailure e) {
                post(to, () -> notConnected(to, over, e));
            } catch (RuntimeException e) {
                Logger.error(e, "connecting failed; this is a bug");
                post(to, () -> notConnected(to, over, new ConnectFailure("connecting failed: " + e, false)));
            }
        });
        if (!begun) {
            notConnected(to, over, new ConnectFailure("the thread that talks to the broker is stuck", false));
        }
    }

    private void connected(Host to, Bridge over, BrokerConnection made, Inbound inbound) {
        if (closed) {
            return; // Its threads end with the process and the broker sends the will.
        }
        Logger.info(
                "broker connected broker={} receiveMaximum={} maximumPacketSize={}",
                settings.broker(),
                made.limits().receiveMaximum(),
                made.limits().maximumPacketText());
        connection = made;
        connectedAtMs = to.timers().nowMs();
        over.onConnected(connectedAtMs, made.limits(), made.session());
        inbound.announced();
        if (made.hasEnded()) {
            // Its loss was reported before it was known here.
            lost(to, over, made, "it ended at once");
        }
    }

    private void notConnected(Host to, Bridge over, ConnectFailure failure) {
        if (closed) {
            return;
        }
        String sentence = String.valueOf(failure.getMessage());
        if (!sentence.equals(trouble)) {
            Logger.warn("{}", sentence);
        }
        trouble = sentence;
        // Nothing but a person can help a bad login; a broker that locks accounts must not be hammered meanwhile.
        long delayMs = failure.needsPerson() ? MAX_DELAY_MS / 2 + random.nextLong(MAX_DELAY_MS / 2) : nextDelayMs();
        failures++;
        to.timers().at(to.timers().nowMs() + delayMs, () -> reconnect(to, over));
    }

    private void lost(Host to, Bridge over, BrokerConnection from, String reason) {
        if (closed || from != connection) {
            return; // Of an older generation.
        }
        connection = null;
        trouble = "reconnecting to " + settings.broker() + ": " + reason;
        Logger.warn("broker connection lost broker={} reason={}", settings.broker(), reason);
        long nowMs = to.timers().nowMs();
        over.onDisconnected(nowMs);
        unheard.clear();
        onPublisher(from::abandon);
        failures = nowMs - connectedAtMs >= GOOD_CONNECTION_MS ? 0 : failures;
        long delayMs = nextDelayMs();
        failures++;
        to.timers().at(nowMs + delayMs, () -> reconnect(to, over));
    }

    private void reconnect(Host to, Bridge over) {
        if (!closed && connection == null) {
            connect(to, over);
        }
    }

    /** 0.5 s doubling to 60 s, full jitter. */
    private long nextDelayMs() {
        long capMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS << Math.min(failures, 10));
        return MIN_DELAY_MS + random.nextLong(capMs);
    }

    private void arm(Host to, Bridge over) {
        to.timers().at(over.nextDeadlineMs(), () -> {
            if (closed) {
                return;
            }
            try {
                drainInbox(); // In case that a post found the loop's queue full.
                over.onDeadline(to.timers().nowMs());
            } finally {
                arm(to, over); // Whatever went wrong, the bridge needs its clock.
            }
        });
    }

    private void drainInbox() {
        inboxPosted.set(false);
        for (Runnable event = inbox.poll(); event != null; event = inbox.poll()) {
            event.run();
        }
    }

    // On any thread

    /** The inbox is bounded by what can be in flight; many events share one task of the loop. */
    private void post(Host to, Runnable event) {
        inbox.add(event);
        if (!inboxPosted.getAndSet(true) && !to.timers().post(this::drainInbox)) {
            inboxPosted.set(false);
        }
    }

    /** Returns false if the task will not run. */
    private boolean onPublisher(Runnable task) {
        try {
            publisher.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            if (!leaving.get()) {
                Logger.error("the publisher thread is stuck; {} tasks wait", MAX_TASKS);
            }
            return false;
        }
    }

    /** From Paho's threads into the inbox. */
    private final class Inbound implements BrokerConnection.Events {
        private final Host to;
        private final Bridge over;

        /** What came before the connection was announced, null after that. On the node's loop. */
        private @Nullable List<Runnable> early = new ArrayList<>();

        Inbound(Host to, Bridge over) {
            this.to = to;
            this.over = over;
        }

        @Override
        public void acknowledged(BrokerConnection from, long token, int reasonCode) {
            post(to, () -> {
                if (from == connection) {
                    over.onAcknowledged(to.timers().nowMs(), token, reasonCode);
                }
            });
        }

        @Override
        public void received(BrokerConnection from, BrokerConnection.Heard message) {
            post(to, () -> {
                List<Runnable> before = early;
                if (before == null) {
                    heard(from, message);
                } else if (before.size() < MAX_EARLY) {
                    before.add(() -> heard(from, message));
                } // Else it is not answered: the broker sends it again.
            });
        }

        /** The bridge knows of the connection: now it hears what the broker sent meanwhile. On the node's loop. */
        void announced() {
            List<Runnable> before = early;
            early = null;
            if (before != null) {
                before.forEach(Runnable::run);
            }
        }

        /** True whatever became of the connection. */
        private void heard(BrokerConnection from, BrokerConnection.Heard message) {
            if (!closed) {
                long token = nextHeard++;
                unheard.put(token, () -> from.heard(message));
                over.onHeard(to.timers().nowMs(), token, message.topic(), message.payload(), message.properties());
            }
        }

        @Override
        public void lost(BrokerConnection from, String reason) {
            post(to, () -> MqttUplink.this.lost(to, over, from, reason));
        }
    }

    /** What the bridge wants done, on the node's loop. */
    private final class Effects implements BridgeEffects {
        private final Host to;

        Effects(Host to) {
            this.to = to;
        }

        @Override
        public void publish(long token, Publication publication) {
            BrokerConnection on = connection;
            if (on != null) {
                onPublisher(() -> on.publish(token, publication));
            }
        }

        @Override
        public void heard(long token) {
            Runnable acknowledge = unheard.remove(token);
            if (acknowledge != null) {
                onPublisher(acknowledge);
            }
        }

        @Override
        public void subscribeAgain(String filter) {
            BrokerConnection on = connection;
            if (on != null) {
                onPublisher(() -> on.subscribeAgain(filter));
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
            BrokerConnection on = connection;
            Bridge over = bridge;
            if (on != null && over != null) {
                // Later: the bridge must not be called during a call of its own.
                post(to, () -> lost(to, over, on, reason));
            }
        }

        @Override
        public void warn(String sentence) {
            Logger.warn("{}", sentence);
        }
    }
}
