package io.thicket.gateway.mqtt;

import io.thicket.gateway.bridge.ReasonCodes;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** Why a connection could not be made: one sentence with the cure. */
final class ConnectFailure extends Exception {
    private static final Set<Integer> NOT_MQTT_5 = Set.of(
            (int) MqttClientException.REASON_CODE_INVALID_PROTOCOL_VERSION,
            MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION,
            MqttReturnCode.RETURN_CODE_MALFORMED_CONTROL_PACKET,
            MqttException.REASON_CODE_INVALID_RETURN_CODE,
            MqttException.REASON_CODE_MALFORMED_PACKET,
            MqttException.REASON_CODE_UNSUPPORTED_PROTOCOL_VERSION);
    private static final Set<Integer> BAD_LOGIN = Set.of(
            (int) MqttClientException.REASON_CODE_FAILED_AUTHENTICATION,
            (int) MqttClientException.REASON_CODE_NOT_AUTHORIZED,
            MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD,
            MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
            MqttReturnCode.RETURN_CODE_BANNED,
            MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION);

    private final boolean needsPerson;

    ConnectFailure(String sentence, boolean needsPerson) {
        super(sentence, null, false, false);
        this.needsPerson = needsPerson;
    }

    /** Whether trying again soon is of no use: somebody must change something. */
    boolean needsPerson() {
        return needsPerson;
    }

    /** Puts what the client library threw into words. */
    static ConnectFailure of(MqttSettings settings, Exception failure) {
        String broker = settings.broker();
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof UnknownHostException) {
            return new ConnectFailure("the broker's host name in " + broker + " cannot be resolved", false);
        }
        if (cause instanceof SSLException) {
            return new ConnectFailure("no TLS connection to " + broker + ": " + cause.getMessage(), true);
        }
        if (!(failure instanceof MqttException mqtt)) {
            return new ConnectFailure("no connection to " + broker + ": " + failure, false);
        }
        int code = mqtt.getReasonCode();
        if (BAD_LOGIN.contains(code)) {
            String who = settings.username().isEmpty()
                    ? "a login without a user name"
                    : "user '" + settings.username() + "'";
            return new ConnectFailure(
                    "the broker at " + broker + " refuses " + who + " (" + ReasonCodes.meaning(code)
                            + "): check username and password_file",
                    true);
        }
        if (NOT_MQTT_5.contains(code)
                || cause instanceof MqttException inner && NOT_MQTT_5.contains(inner.getReasonCode())) {
            return notMqtt5(broker, "");
        }
        return switch (code) {
            case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR ->
                new ConnectFailure(
                        "no broker answers at " + broker + " (" + cause.getMessage() + "): is it running?", false);
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT, MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
                new ConnectFailure("the broker at " + broker + " does not answer the login", false);
            case MqttClientException.REASON_CODE_CONNECTION_LOST,
                    MqttClientException.REASON_CODE_SERVER_DISCONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING -> notMqtt5(broker, "probably ");
            case MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID ->
                new ConnectFailure(
                        "the broker at " + broker + " does not take client_id '" + settings.clientId() + "'", true);
            default ->
                code >= 0x80 && code < 0x100
                        ? new ConnectFailure(
                                "the broker at " + broker + " refuses the connection: " + ReasonCodes.meaning(code),
                                false)
                        : new ConnectFailure(
                                "no connection to " + broker + ": " + mqtt.getMessage() + " (" + code + ")", false);
        };
    }

    private static ConnectFailure notMqtt5(String broker, String hedge) {
        return new ConnectFailure(
                "the broker at " + broker + " " + hedge
                        + "speaks only MQTT 3.1.1; Thicket needs MQTT 5 (mosquitto 1.6 or newer, EMQX, HiveMQ)",
                hedge.isEmpty());
    }
}
