package io.thicket.gateway.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Hears everything under a filter, on one connection. */
final class Subscriber implements AutoCloseable, MqttCallback {
    /** What came. */
    record Message(
            String topic, String payload, Map<String, String> properties, String contentType, boolean retained) {}

    final List<Message> messages = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    Subscriber(String broker, String filter) throws MqttException {
        client = new MqttAsyncClient(
                BrokerUrl.forClient(broker), "subscriber-" + System.nanoTime(), new MemoryPersistence());
        client.setCallback(this);
        client.connect(new MqttConnectionOptions()).waitForCompletion(10_000);
        client.subscribe(filter, 1).waitForCompletion(10_000);
    }

    List<Message> on(String topicEnd) {
        return messages.stream().filter(m -> m.topic().endsWith(topicEnd)).toList();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (UserProperty property : message.getProperties().getUserProperties()) {
            properties.put(property.getKey(), property.getValue());
        }
        String contentType = String.valueOf(message.getProperties().getContentType());
        messages.add(new Message(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                properties,
                contentType,
                message.isRetained()));
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 300, false);
        client.close(true);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
