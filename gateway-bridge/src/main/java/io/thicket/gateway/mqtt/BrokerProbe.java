package io.thicket.gateway.mqtt;

import java.util.Optional;

/** One login to a broker and nothing else: no will, no session that stays, no publication. */
public final class BrokerProbe {
    /** Keeps the broker from throwing the running gateway out, which has the plain id. */
    private static final String ID_SUFFIX = "-doctor";

    private BrokerProbe() {}

    /** Why a gateway could not work with this broker, in one sentence; empty if it can. Blocks for up to 12 s. */
    public static Optional<String> problem(MqttSettings settings) {
        MqttSettings probe = new MqttSettings(
                settings.broker(),
                settings.username(),
                settings.passwordFile(),
                settings.clientId() + ID_SUFFIX,
                settings.keepAlive(),
                settings.willDelay());
        try {
            BrokerConnection.open(probe).leave();
            return Optional.empty();
        } catch (ConnectFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
