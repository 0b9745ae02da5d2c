package io.thicket.gateway.mqtt;

import io.thicket.gateway.bridge.BrokerSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A subscriber with a connection of its own, for whoever checks what gateways publish. It connects again by itself, and what comes
 * meanwhile waits in its session at the broker, for up to 300 s.
 */
public final class BrokerListener implements AutoCloseable {
    private static final long AGAIN_MS = 1_000;
    private static final long CLOSE_MS = 2_000;

    private final MqttSettings settings;
    private final List<String> filters;
    private final Hearer hearer;
    private final TakenMessages taken = new TakenMessages();
    private @Nullable BrokerConnection heardFrom;
    private final ScheduledExecutorService connector = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mqtt-listener");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable BrokerConnection connection;
    private volatile boolean closed;
    private volatile String problem = "";

    /** Hears messages, on a thread of the MQTT client. */
    @FunctionalInterface
    public interface Hearer {
        /**
         * Whether the message was taken; one that was not comes again on a later connection. One that was taken does not, even if
         * the broker sends it again because the connection ended before the acknowledgement.
         */
        boolean heard(String topic, String payload, Map<String, String> properties);
    }

    private BrokerListener(MqttSettings settings, List<String> filters, Hearer hearer) {
        this.settings = settings;
        this.filters = List.copyOf(filters);
        this.hearer = hearer;
    }

    /**
     * Connects and subscribes at QoS 1, within about 20 s.
     *
     * @throws IOException if that cannot be done; the message is for people
     */
    public static BrokerListener open(MqttSettings settings, List<String> filters, Hearer hearer) throws IOException {
        BrokerListener made = new BrokerListener(settings, filters, hearer);
        try {
            made.connect();
            return made;
        } catch (ConnectFailure e) {
            made.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Why it does not hear now, empty if it does. Any thread. */
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        closed = true;
        connector.shutdownNow();
        try {
            if (!connector.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                Logger.warn("the thread of an MQTT subscriber did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        BrokerConnection last = connection;
        if (last != null) {
            last.leave();
        }
    }

    /** One message after the other, but a new connection has another thread. */
    private synchronized boolean isTaken(BrokerConnection from, BrokerConnection.Heard message) {
        if (from != heardFrom) {
            heardFrom = from;
            // What comes before the answer to CONNECT was looked at is of a session that was there.
            taken.connected(from.session() != BrokerSession.NEW);
        }
        if (taken.includes(message)) {
            return true;
        }
        if (!hearer.heard(message.topic(), message.payload(), message.properties())) {
            return false;
        }
        taken.add(message);
        return true;
    }

    private void connect() throws ConnectFailure {
        connection = BrokerConnection.listen(settings, filters, new Inbound());
        problem = "";
    }

    private void connectAgain() {
        if (closed) {
            return;
        }
        try {
            connect();
        } catch (ConnectFailure e) {
            problem = String.valueOf(e.getMessage());
            later();
        }
    }

    private void later() {
        try {
            var unused = connector.schedule(this::connectAgain, AGAIN_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It was closed meanwhile.
        }
    }

    private final class Inbound implements BrokerConnection.Events {
        @Override
        public void acknowledged(BrokerConnection from, long token, int reasonCode) {
            // Nothing is published.
        }

        @Override
        public void received(BrokerConnection from, BrokerConnection.Heard message) {
            if (isTaken(from, message)) {
                from.heard(message);
            }
        }

        @Override
        public void lost(BrokerConnection from, String reason) {
            problem = reason;
            if (!closed) {
                from.abandon();
                later();
            }
        }
    }
}
