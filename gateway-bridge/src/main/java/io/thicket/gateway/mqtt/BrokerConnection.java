package io.thicket.gateway.mqtt;

import io.thicket.agent.config.SecretFile;
import io.thicket.gateway.bridge.BrokerLimits;
import io.thicket.gateway.bridge.BrokerSession;
import io.thicket.gateway.bridge.Publication;
import io.thicket.gateway.bridge.ReasonCodes;
import io.thicket.gateway.bridge.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the broker, from CONNECT to its end; never reused. A fresh Paho client with an empty store each time,
 * because Paho resends stored messages without their topic after a reconnect and loops for ever (its issue 1104). Methods
 * block within their time limits: they belong on the publisher thread.
 */
final class BrokerConnection {
    private static final int CONNECT_TIMEOUT_S = 10;
    /** Beyond Paho's own limit, in case that it does not keep it (its issue 1013). */
    private static final long CONNECT_WAIT_MS = 12_000;

    private static final long GOODBYE_MS = 800;
    private static final long FORCE_MS = 300;
    /** Of a session that only hears. */
    private static final long LISTENER_EXPIRY_S = 300;

    private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;
    /** Most messages that were heard and not yet looked at. */
    static final int HEARD_AT_ONCE = 64;

    private static final long SUBSCRIBE_WAIT_MS = 5_000;
    private static final int FIRST_ERROR = 0x80;

    private final MqttAsyncClient client;
    private final BrokerSockets sockets;
    private final Events events;
    private final AtomicBoolean ended = new AtomicBoolean();
    private BrokerLimits limits = new BrokerLimits(DEFAULT_RECEIVE_MAXIMUM, Long.MAX_VALUE);
    private volatile BrokerSession session = BrokerSession.DEAF;

    private BrokerConnection(MqttAsyncClient client, BrokerSockets sockets, Events events) {
        this.client = client;
        this.sockets = sockets;
        this.events = events;
    }

    /** Hears of a connection on Paho's threads: copy, post, return. */
    interface Events {
        /** PUBACK, or a QoS 0 publication is written. */
        void acknowledged(BrokerConnection from, long token, int reasonCode);

        /** A message of a subscription; it comes again on a later connection unless {@link #heard} is called. */
        void received(BrokerConnection from, Heard message);

        /** The connection is of no more use; said once. */
        void lost(BrokerConnection from, String reason);
    }

    /** A message of a subscription; its {@code id} is the packet identifier. */
    record Heard(int id, int qos, String topic, String payload, Map<String, String> properties) {}

    /** Connects and subscribes, within {@value #CONNECT_TIMEOUT_S} s or a little more. */
    static BrokerConnection open(MqttSettings settings, Publication will, Subscriptions subscriptions, Events events)
            throws ConnectFailure {
        BrokerConnection connection = open(settings, options(settings, will), events);
        connection.subscribe(subscriptions.filters());
        // Last: while the former subscriptions are there, the next connection knows as well that it must not trust the
        // session.
        if (connection.session == BrokerSession.KEPT && connection.hadAnyOf(subscriptions.former())) {
            connection.session = BrokerSession.NEW;
        }
        return connection;
    }

    /** The same for a login that leaves nothing behind: no will, no session. */
    static BrokerConnection open(MqttSettings settings) throws ConnectFailure {
        return open(settings, login(settings), new Events() {
            @Override
            public void acknowledged(BrokerConnection from, long token, int reasonCode) {
                throw new AssertionError("nothing was published");
            }

            @Override
            public void received(BrokerConnection from, Heard message) {
                throw new AssertionError("nothing was subscribed to");
            }

            @Override
            public void lost(BrokerConnection from, String reason) {
                // It was to end anyway.
            }
        });
    }

    /** Connects to hear only: no will, and a session for what comes while there is no connection. */
    static BrokerConnection listen(MqttSettings settings, List<String> subscriptions, Events events)
            throws ConnectFailure {
        MqttConnectionOptions options = login(settings);
        options.setCleanStart(false);
        options.setReceiveMaximum(HEARD_AT_ONCE);
        options.setSessionExpiryInterval(LISTENER_EXPIRY_S);
        BrokerConnection connection = open(settings, options, events);
        connection.subscribe(subscriptions);
        if (connection.session() == BrokerSession.DEAF) {
            connection.abandon();
            throw new ConnectFailure(
                    "the broker at " + settings.broker() + " does not let this login subscribe to "
                            + String.join(", ", subscriptions),
                    true);
        }
        return connection;
    }

    private static BrokerConnection open(MqttSettings settings, MqttConnectionOptions options, Events events)
            throws ConnectFailure {
        PahoLogging.silence();
        BrokerConnection connection = null;
        try {
            String uri = BrokerUrl.forClient(settings.broker());
            MqttAsyncClient client = new MqttAsyncClient(uri, settings.clientId(), new MemoryPersistence());
            BrokerSockets sockets = new BrokerSockets();
            options.setSocketFactory(sockets.factory(BrokerUrl.isTls(uri)));
            connection = new BrokerConnection(client, sockets, events);
            client.setCallback(connection.new Callback());
            client.setManualAcks(true);
            IMqttToken token = client.connect(options);
            token.waitForCompletion(CONNECT_WAIT_MS);
            connection.limits = limitsOf(settings, token.getResponseProperties());
            connection.session = token.getSessionPresent() ? BrokerSession.KEPT : BrokerSession.NEW;
            return connection;
        } catch (MqttException | RuntimeException e) {
            discard(connection);
            throw ConnectFailure.of(settings, e);
        } catch (ConnectFailure e) {
            discard(connection);
            throw e;
        }
    }

    /** What the broker said in CONNACK. */
    BrokerLimits limits() {
        return limits;
    }

    /** What can be heard on it. */
    BrokerSession session() {
        return session;
    }

    /** Ends these subscriptions; returns whether there was one, as far as the broker says, or no answer. */
    private boolean hadAnyOf(List<String> filters) {
        List<String> all = new ArrayList<>(filters);
        all.add(filters.get(0)
                + "/none"); // Which was never there: a broker that denies that says nothing of the others.
        try {
            IMqttToken token = client.unsubscribe(all.toArray(String[]::new));
            token.waitForCompletion(SUBSCRIBE_WAIT_MS);
            int[] codes = token.getReasonCodes();
            boolean tells = codes != null && codes.length == all.size() && codes[filters.size()] != 0;
            for (int i = 0; tells && i < filters.size(); i++) {
                if (codes[i] == 0) {
                    return true;
                }
            }
            return false;
        } catch (MqttException | RuntimeException e) {
            return true;
        }
    }

    /** A broker that refuses, or does not answer, leaves the connection deaf. */
    private void subscribe(List<String> filters) {
        try {
            MqttSubscription[] all = filters.stream()
                    .map(filter -> new MqttSubscription(filter, 1))
                    .toArray(MqttSubscription[]::new);
            IMqttToken token = client.subscribe(all);
            token.waitForCompletion(SUBSCRIBE_WAIT_MS);
            int[] codes = token.getReasonCodes();
            boolean granted = codes != null && codes.length == filters.size();
            for (int i = 0; granted && i < codes.length; i++) {
                granted = codes[i] < FIRST_ERROR;
            }
            session = granted ? session : BrokerSession.DEAF;
        } catch (MqttException | RuntimeException e) {
            session = BrokerSession.DEAF;
        }
    }

    /** What is retained under {@code filter} comes once more: retain handling is 0, as by default. */
    void subscribeAgain(String filter) {
        if (!ended.get()) {
            try {
                client.subscribe(new MqttSubscription[] {new MqttSubscription(filter, 1)});
            } catch (MqttException | RuntimeException e) {
                end("subscribing again failed: " + e);
            }
        }
    }

    /** The broker need not send this message again. */
    void heard(Heard message) {
        if (!ended.get()) {
            try {
                client.messageArrivedComplete(message.id(), message.qos());
            } catch (MqttException | RuntimeException e) {
                end("acknowledging failed: " + e);
            }
        }
    }

    /** Whether it is of no more use. */
    boolean hasEnded() {
        return ended.get();
    }

    /** Publishes; the result comes as an event. */
    void publish(long token, Publication publication) {
        if (ended.get()) {
            return;
        }
        try {
            client.publish(publication.topic(), messageOf(publication), null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken done) {
                    // Paho reports a refused PUBACK as success.
                    int[] codes = done.getReasonCodes();
                    events.acknowledged(
                            BrokerConnection.this, token, codes == null || codes.length == 0 ? 0 : codes[0]);
                }

                @Override
                public void onFailure(IMqttToken failed, @Nullable Throwable reason) {
                    // Not final for Paho, final for us: the next connection publishes it again.
                    end("a publication failed: " + reason);
                }
            });
        } catch (MqttException | RuntimeException e) {
            end("publishing failed: " + e);
        }
    }

    /** Says goodbye properly: publishes {@code last} in order, disconnects, frees everything. Within 2 s. */
    void leave(List<Publication> last) {
        ended.set(true);
        long endNs = System.nanoTime() + GOODBYE_MS * 1_000_000;
        try {
            for (int i = 0; i < last.size(); i++) {
                long leftMs = (endNs - System.nanoTime()) / 1_000_000;
                // What others only want to know must not take the time of the last one, the status.
                if (i == last.size() - 1 || leftMs > GOODBYE_MS / 2) {
                    client.publish(last.get(i).topic(), messageOf(last.get(i))).waitForCompletion(Math.max(1, leftMs));
                }
            }
            disconnect();
        } catch (MqttException | RuntimeException e) {
            // The will says it for us.
        }
        abandon();
    }

    /** Says goodbye properly without a publication, frees everything. Within 1 s. */
    void leave() {
        ended.set(true);
        try {
            disconnect();
        } catch (MqttException | RuntimeException e) {
            // It ends either way.
        }
        abandon();
    }

    private void disconnect() throws MqttException {
        sockets.letFinish();
        client.disconnect(0).waitForCompletion(GOODBYE_MS);
    }

    /** Frees everything at once; what was not confirmed does not go out any more. Harmless when repeated. */
    void abandon() {
        ended.set(true);
        sockets.close();
        try {
            client.disconnectForcibly(0, FORCE_MS, false);
        } catch (MqttException | RuntimeException e) {
            // It was not connected any more.
        }
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            // It was closed before.
        }
    }

    private static void discard(@Nullable BrokerConnection connection) {
        if (connection != null) {
            connection.abandon();
        }
    }

    private void end(String reason) {
        if (!ended.getAndSet(true)) {
            events.lost(this, reason);
        }
    }

    /** The login only. */
    private static MqttConnectionOptions login(MqttSettings settings) throws ConnectFailure {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout(CONNECT_TIMEOUT_S);
        if (!settings.username().isEmpty()) {
            options.setUserName(settings.username());
        }
        if (settings.passwordFile() != null) {
            options.setPassword(password(settings.passwordFile()));
        }
        return options;
    }

    private static byte[] password(Path file) throws ConnectFailure {
        try {
            return SecretFile.read(file);
        } catch (SecretFile.UnfitException e) {
            String cure = e.cure().isEmpty() ? "" : ": " + e.cure();
            throw new ConnectFailure("password_file is not used, since " + e.getMessage() + cure, true);
        }
    }

    private static MqttConnectionOptions options(MqttSettings settings, Publication will) throws ConnectFailure {
        MqttConnectionOptions options = login(settings);
        // With clean start the broker would send the will of the connection that this one replaces.
        options.setCleanStart(false);
        options.setReceiveMaximum(HEARD_AT_ONCE);
        // The session outlives the will delay, else the will would be sent at once (MQTT 5 section 3.1.3.2.2).
        options.setSessionExpiryInterval(
                Math.max(BrokerSession.KEPT_FOR_S, 2 * settings.willDelay().toSeconds()));
        options.setWill(will.topic(), messageOf(will));
        MqttProperties willProperties = new MqttProperties();
        willProperties.setPayloadFormat(true);
        willProperties.setContentType(will.contentType());
        willProperties.setWillDelayInterval(settings.willDelay().toSeconds());
        options.setWillMessageProperties(willProperties);
        return options;
    }

    private static BrokerLimits limitsOf(MqttSettings settings, @Nullable MqttProperties connack)
            throws ConnectFailure {
        Integer receiveMaximum = connack == null ? null : connack.getReceiveMaximum();
        Long packetSize = connack == null ? null : connack.getMaximumPacketSize();
        if (receiveMaximum != null && receiveMaximum < 1) {
            // Paho reads 65535 as -1 and then refuses every publication (its issue 993).
            throw new ConnectFailure(
                    "the broker at " + settings.broker()
                            + " announces a receive maximum of 65535, which the MQTT client cannot use:"
                            + " set it to 65534 or less in the broker",
                    true);
        }
        return new BrokerLimits(
                receiveMaximum == null ? DEFAULT_RECEIVE_MAXIMUM : receiveMaximum,
                packetSize == null || packetSize < 1 ? Long.MAX_VALUE : packetSize);
    }

    /** Fresh objects each time: Paho writes its topic aliases into them. */
    private static MqttMessage messageOf(Publication publication) {
        MqttProperties properties = new MqttProperties();
        properties.setPayloadFormat(true);
        if (!publication.contentType().isEmpty()) {
            properties.setContentType(publication.contentType());
        }
        if (publication.expirySeconds() > 0) {
            properties.setMessageExpiryInterval(publication.expirySeconds());
        }
        if (!publication.properties().isEmpty()) {
            List<UserProperty> user = new ArrayList<>(publication.properties().size());
            for (Map.Entry<String, String> property : publication.properties().entrySet()) {
                user.add(new UserProperty(property.getKey(), property.getValue()));
            }
            properties.setUserProperties(user);
        }
        byte[] payload = publication.payload().getBytes(StandardCharsets.UTF_8);
        return new MqttMessage(payload, publication.qos(), publication.retained(), properties);
    }

    /** Turns Paho's callbacks into events; calls nothing of Paho. */
    private final class Callback implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            int code = response.getReturnCode();
            if (code >= 0x80 && code < 0x100) {
                end("the broker closed the connection: " + ReasonCodes.meaning(code));
            } else {
                end("the connection was lost"
                        + (response.getException() == null ? "" : ": " + response.getException()));
            }
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            end("the MQTT client failed: " + exception);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            Map<String, String> properties = new LinkedHashMap<>();
            MqttProperties its = message.getProperties();
            if (its != null && its.getUserProperties() != null) {
                its.getUserProperties().forEach(each -> properties.put(each.getKey(), each.getValue()));
            }
            String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
            events.received(
                    BrokerConnection.this, new Heard(message.getId(), message.getQos(), topic, payload, properties));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // The listener of each publication says more.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // open() waits for it.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // No enhanced authentication.
        }
    }
}
