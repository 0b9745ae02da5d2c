package io.thicket.gateway;

import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.NoSubscribers;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.gateway.mqtt.MqttSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code [gateway]}.
 *
 * @param broker {@code mqtt://HOST[:PORT]} or {@code mqtts://HOST[:PORT]}
 * @param username empty for none
 * @param passwordFile mode 0600, the password in its first line
 * @param clientId empty for {@code thicket-SITE-NAME}
 * @param topicRoot first level of every topic
 * @param noSubscribers what "no matching subscribers" means for a reading
 * @param keepAlive 5 s to 18 h
 */
public record GatewayConfig(
        String broker,
        String username,
        Optional<Path> passwordFile,
        String clientId,
        String topicRoot,
        NoSubscribers noSubscribers,
        Duration keepAlive) {
    public static final String DEFAULT_BROKER = "mqtt://127.0.0.1:1883";
    public static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(5);
    public static final Duration MAX_KEEP_ALIVE = Duration.ofHours(18);

    /** Everything by default, for {@code broker}. */
    public static GatewayConfig of(String broker) {
        return new GatewayConfig(
                broker,
                "",
                Optional.empty(),
                "",
                TopicScheme.DEFAULT_ROOT,
                NoSubscribers.DELIVERED,
                MqttSettings.DEFAULT_KEEP_ALIVE);
    }

    /** How the client connects, for the node {@code name} of {@code site}. */
    public MqttSettings mqttSettings(String site, String name) {
        return new MqttSettings(
                broker,
                username,
                passwordFile.orElse(null),
                clientId.isEmpty() ? "thicket-" + site + "-" + name : clientId,
                keepAlive,
                MqttSettings.DEFAULT_WILL_DELAY);
    }

    public BridgeSettings bridgeSettings() {
        return new BridgeSettings(noSubscribers, BridgeSettings.DEFAULT_WINDOW, BridgeSettings.DEFAULT_MAX_READINGS);
    }

    public TopicScheme topics(String site) {
        return new TopicScheme(topicRoot, site);
    }
}
