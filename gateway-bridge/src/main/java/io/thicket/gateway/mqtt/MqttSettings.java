package io.thicket.gateway.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker.
 *
 * @param broker {@code mqtt://HOST[:PORT]} or {@code mqtts://HOST[:PORT]} ({@code tcp://} and {@code ssl://} mean the same)
 * @param username empty for none
 * @param passwordFile read at each connection; null for none; nobody but its owner may read it
 * @param clientId as the broker knows this gateway; two clients of one id throw each other out
 * @param keepAlive 1 s to 65535 s, after 1.5 times which a silent connection is dead
 * @param willDelay how long the broker waits before it says {@code offline} for a gateway that vanished
 */
public record MqttSettings(
        String broker,
        String username,
        @Nullable Path passwordFile,
        String clientId,
        Duration keepAlive,
        Duration willDelay) {
    /** Longer than a broker restart, so that it is no news. */
    public static final Duration DEFAULT_WILL_DELAY = Duration.ofSeconds(10);

    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(30);

    public MqttSettings {
        if (brokerProblem(broker) != null) {
            throw new IllegalArgumentException(brokerProblem(broker));
        }
        if (clientId.isEmpty()
                || keepAlive.toSeconds() < 1
                || keepAlive.toSeconds() > 65535
                || willDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "client id '" + clientId + "', keep alive " + keepAlive + ", will delay " + willDelay);
        }
    }

    /** What is wrong with a broker's URL, null if nothing. */
    public static @Nullable String brokerProblem(String broker) {
        return BrokerUrl.problem(broker);
    }
}
