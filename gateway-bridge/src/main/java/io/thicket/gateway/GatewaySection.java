package io.thicket.gateway;

import io.thicket.agent.config.ConfigSection;
import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.SectionWriter;
import io.thicket.gateway.bridge.NoSubscribers;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.gateway.mqtt.MqttSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads and writes {@code [gateway]}. Whether the password file is fit is checked at each connection, not here. */
public final class GatewaySection implements ConfigSection<GatewayConfig> {
    /** The one there is; hand it to the reader of the configuration. */
    public static final GatewaySection INSTANCE = new GatewaySection();

    /** MQTT 5 section 1.5.4, far beyond what brokers take. */
    private static final int MAX_CLIENT_ID_BYTES = 65_535;

    private GatewaySection() {}

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public GatewayConfig read(SectionReader reader) {
        String broker = reader.requiredText("broker", "\"" + GatewayConfig.DEFAULT_BROKER + "\"");
        String problem = broker.isEmpty() ? null : MqttSettings.brokerProblem(broker);
        if (problem != null) {
            reader.error("broker", "broker: " + problem, "");
        }
        String username = reader.text("username").orElse("");
        Optional<Path> passwordFile = reader.path("password_file");
        if (passwordFile.isPresent() && username.isEmpty()) {
            reader.error("password_file", "password_file without username", "write username = \"...\"");
        }
        if (!username.isEmpty() && passwordFile.isEmpty()) {
            reader.warning("username", "username without password_file: the login has no password", "");
        }
        String clientId = reader.text("client_id").orElse("");
        if (clientId.getBytes(StandardCharsets.UTF_8).length > MAX_CLIENT_ID_BYTES) {
            reader.error("client_id", "client_id is too long", "");
        }
        String topicRoot = reader.text("topic_root").orElse(TopicScheme.DEFAULT_ROOT);
        if (!TopicScheme.isValidRoot(topicRoot)) {
            reader.error(
                    "topic_root",
                    "topic_root '" + topicRoot
                            + "' has other characters than letters, digits, _ . - and / between levels",
                    "write \"" + TopicScheme.DEFAULT_ROOT + "\"");
        }
        NoSubscribers noSubscribers = reader.choice("no_subscribers", NoSubscribers.DELIVERED);
        Duration keepAlive = reader.duration(
                "keep_alive",
                MqttSettings.DEFAULT_KEEP_ALIVE,
                GatewayConfig.MIN_KEEP_ALIVE,
                GatewayConfig.MAX_KEEP_ALIVE);
        return new GatewayConfig(broker, username, passwordFile, clientId, topicRoot, noSubscribers, keepAlive);
    }

    @Override
    public void write(GatewayConfig value, SectionWriter writer) {
        writer.text("broker", value.broker());
        if (!value.username().isEmpty()) {
            writer.text("username", value.username());
        }
        value.passwordFile().ifPresent(file -> writer.text("password_file", file.toString()));
        if (!value.clientId().isEmpty()) {
            writer.text("client_id", value.clientId());
        }
        writer.text("topic_root", value.topicRoot());
        writer.choice("no_subscribers", value.noSubscribers());
        writer.duration("keep_alive", value.keepAlive());
    }
}
