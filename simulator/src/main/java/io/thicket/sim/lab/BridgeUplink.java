package io.thicket.sim.lab;

import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.gateway.bridge.Bridge;
import io.thicket.gateway.bridge.BridgeEffects;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.BrokerLimits;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.Publication;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The uplink of a simulated gateway: the gateway's own {@link Bridge} before a broker that takes its time, goes and comes back. What
 * Paho and a real broker do is imitated (20 ms to the acknowledgement, a reconnection like that of the real uplink), what
 * the bridge does is not.
 */
final class BridgeUplink implements Uplink {
    private static final long ANSWER_MS = 20;
    private static final long FIRST_DELAY_MS = 500;
    private static final long MAX_DELAY_MS = 60_000;
    private static final long MIN_DELAY_MS = 50;
    private static final int RECEIVE_MAXIMUM = 65_535;

    /** Readings whose hops are kept until they are published. */
    private static final int MAX_HOPS_KEPT = 100_000;

    private record Reading(String node, long epoch, long seq) {}

    private final Book book;
    private final GatewayIdentity identity;
    private final WallClock wall;
    private final RandomGenerator random;
    private final Map<Reading, Integer> hops = new HashMap<>();
    private @Nullable Host host;
    private @Nullable Bridge bridge;
    private boolean brokerUp = true;
    private boolean connected;
    private int connection;
    private int failures;

    /** Where publications are counted. */
    interface Book {
        void published(String node, long epoch, long seq, int hops);
    }

    BridgeUplink(Book book, GatewayIdentity identity, WallClock wall, RandomGenerator random) {
        this.book = book;
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
                nowMs,
                BridgeSettings.DEFAULT,
                new TopicScheme(TopicScheme.DEFAULT_ROOT, "sim"),
                identity,
                wall,
                new Effects(newHost));
        bridge = made;
        newHost.timers().at(nowMs + ANSWER_MS, () -> connect(newHost, made));
        arm(newHost, made);
    }

    @Override
    public void accept(Arrival arrival) {
        Host to = host;
        Bridge over = bridge;
        if (to == null || over == null) {
            return;
        }
        for (ReadingBatch.Reading reading : arrival.batch().readings()) {
            if (hops.size() < MAX_HOPS_KEPT) {
                hops.put(new Reading(arrival.label(), arrival.batch().epoch(), reading.seq()), arrival.hops());
            }
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
    }

    private void connect(Host to, Bridge over) {
        if (host == null || connected) {
            return;
        }
        if (brokerUp) {
            connected = true;
            connection++;
            failures = 0;
            over.onConnected(to.timers().nowMs(), new BrokerLimits(RECEIVE_MAXIMUM, Long.MAX_VALUE));
        } else {
            reconnectLater(to, over);
        }
    }

    private void lost(Host to, Bridge over) {
        connected = false;
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

    /** The broker has the publication: it is the broker's from now on, whatever becomes of the answer. */
    private void taken(Publication publication) {
        String id = publication.properties().get("id");
        if (id == null) {
            return;
        }
        int seqAt = id.lastIndexOf('/');
        int epochAt = id.lastIndexOf('/', seqAt - 1);
        Reading reading = new Reading(
                id.substring(0, epochAt),
                Long.parseLong(id, epochAt + 1, seqAt, 10),
                Long.parseLong(id, seqAt + 1, id.length(), 10));
        Integer over = hops.remove(reading);
        book.published(reading.node(), reading.epoch(), reading.seq(), over == null ? 0 : over);
    }

    private final class Effects implements BridgeEffects {
        private final Host to;

        Effects(Host to) {
            this.to = to;
        }

        @Override
        public void publish(long token, Publication publication) {
            int on = connection;
            to.timers().at(to.timers().nowMs() + ANSWER_MS, () -> {
                Bridge over = bridge;
                if (host != null && connected && on == connection && over != null) {
                    taken(publication);
                    over.onAcknowledged(to.timers().nowMs(), token, 0);
                }
            });
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
