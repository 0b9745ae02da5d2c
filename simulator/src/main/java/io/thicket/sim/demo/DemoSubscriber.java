package io.thicket.sim.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.client.IMqttToken;
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
 * The demo's judge: an MQTT 5 client with a connection of its own that knows of the network only what it reads in
 * {@code data}. It parses with its own few lines, not with the code that it judges.
 */
final class DemoSubscriber implements AutoCloseable {
    private static final Pattern TOPIC = Pattern.compile("thicket/v1/([^/]+)/n/([^/]+)/data");
    private static final Pattern RECORD = Pattern.compile("\\{[^{}]*\\}");
    private static final Pattern VALUE = Pattern.compile("\"v\":([0-9.Ee+-]+)");
    private static final long TIMEOUT_MS = 10_000;

    /** How long the broker keeps for the judge what comes while its connection is down. */
    private static final long SESSION_S = 300;

    private static final long RECONNECT_MS = 500;

    private final String url;
    private final String clientId;
    private final String site;
    private final ReadingBook book;
    private final LongSupplier clockMs;
    private final ScheduledExecutorService reconnector = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "judge-reconnect");
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable MqttAsyncClient client;
    private volatile boolean closed;
    private volatile String problem = "";

    private DemoSubscriber(String url, String site, ReadingBook book, LongSupplier clockMs) {
        this.url = url;
        // Two clients of one id throw each other out: two demos on one broker must not.
        this.clientId = "thicket-demo-judge-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;
        this.site = site;
        this.book = book;
        this.clockMs = clockMs;
    }

    /** Connects to {@code url} and subscribes to the {@code data} of all sites; only {@code site} is entered in the book. */
    static DemoSubscriber connect(String url, String site, ReadingBook book, LongSupplier clockMs) throws IOException {
        DemoSubscriber subscriber = new DemoSubscriber(url, site, book, clockMs);
        try {
            subscriber.open();
            return subscriber;
        } catch (MqttException e) {
            subscriber.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("no MQTT 5 broker answers at " + url + ": " + cause.getMessage(), e);
        }
    }

    /** A new client object in the same session: the broker has kept what came meanwhile. */
    private void open() throws MqttException {
        MqttAsyncClient opening = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        opening.setCallback(new Callback(opening));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_S);
        options.setKeepAliveInterval(30);
        client = opening;
        opening.connect(options).waitForCompletion(TIMEOUT_MS);
        opening.subscribe(new MqttSubscription("thicket/v1/+/n/+/data", 1)).waitForCompletion(TIMEOUT_MS);
        problem = "";
    }

    private void reopen() {
        if (closed) {
            return;
        }
        try {
            open();
        } catch (MqttException e) {
            problem = "the subscriber cannot connect again: " + e.getMessage();
            ScheduledFuture<?> unused = reconnector.schedule(this::reopen, RECONNECT_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Why it does not listen now, empty if it does. */
    String problem() {
        return problem;
    }

    @Override
    public void close() {
        closed = true;
        reconnector.shutdownNow();
        MqttAsyncClient closing = client;
        if (closing == null) {
            return;
        }
        try {
            closing.disconnectForcibly(0, 1000, false);
            closing.close(true);
        } catch (MqttException e) {
            problem = "closed: " + e.getMessage();
        }
    }

    private void onData(String topic, MqttMessage message) {
        Matcher names = TOPIC.matcher(topic);
        if (!names.matches() || !names.group(1).equals(site)) {
            return;
        }
        String senml = new String(message.getPayload(), StandardCharsets.UTF_8);
        book.arrived(
                names.group(2),
                idOf(message.getProperties()),
                serialIn(senml),
                temperatureIn(senml),
                clockMs.getAsLong());
    }

    /** The user property {@code id} (node/epoch/seq), empty if there is none. */
    private static String idOf(MqttProperties properties) {
        List<UserProperty> all = properties.getUserProperties();
        for (UserProperty property : all) {
            if (property.getKey().equals("id")) {
                return property.getValue();
            }
        }
        return "";
    }

    /** The value of the record {@code serial}, -1 if there is none. */
    static long serialIn(String senml) {
        String value = valueOf("serial", senml);
        return value.isEmpty() ? -1 : Math.round(Double.parseDouble(value));
    }

    /** The value of the record {@code temperature} as people write it, empty if there is none. */
    static String temperatureIn(String senml) {
        String value = valueOf("temperature", senml);
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f \u00b0C", Double.parseDouble(value));
    }

    private static String valueOf(String name, String senml) {
        Matcher record = RECORD.matcher(senml);
        while (record.find()) {
            Matcher value = VALUE.matcher(record.group());
            if (record.group().contains("\"n\":\"" + name + "\"") && value.find()) {
                return value.group(1);
            }
        }
        return "";
    }

    private final class Callback implements MqttCallback {
        private final MqttAsyncClient of;

        Callback(MqttAsyncClient of) {
            this.of = of;
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            try {
                onData(topic, message);
            } catch (RuntimeException e) {
                // Paho swallows what a callback throws; the judge must not be silent about it.
                problem = "cannot read " + topic + ": " + e;
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (of == client && !closed) {
                problem = "the subscriber's connection ended: code " + response.getReturnCode() + " "
                        + response.getException();
                ScheduledFuture<?> unused =
                        reconnector.schedule(DemoSubscriber.this::reopen, RECONNECT_MS, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            problem = "the subscriber failed: " + exception.getMessage();
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
