package io.thicket.gateway.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.junit.jupiter.api.Test;

final class ConnectFailureTest {
    /** In a bridged simulation the same keys stand in another section. */
    @Test
    void a_refused_login_names_the_keys_and_no_section() {
        MqttSettings settings =
                new MqttSettings("mqtt://127.0.0.1", "me", null, "gw1", Duration.ofSeconds(30), Duration.ofSeconds(1));

        ConnectFailure failure =
                ConnectFailure.of(settings, new MqttException(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED));

        assertEquals(
                "the broker at mqtt://127.0.0.1 refuses user 'me' (not authorised): check username and password_file",
                failure.getMessage());
    }
}
