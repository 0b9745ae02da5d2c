package io.thicket.gateway.bridge;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One MQTT publication. The payload is UTF-8 text (payload format 1) or empty, which removes what the broker retains.
 *
 * @param topic full name
 * @param payload text
 * @param qos 0 or 1; never 2 (the client library loops on a refused PUBREC)
 * @param retained whether the broker keeps it for later subscribers
 * @param expirySeconds after which the broker drops it, 0 for never
 * @param contentType MIME type, empty for none
 * @param properties MQTT 5 user properties in order
 */
public record Publication(
        String topic,
        String payload,
        int qos,
        boolean retained,
        long expirySeconds,
        String contentType,
        Map<String, String> properties) {

    public Publication {
        if (topic.isEmpty() || qos < 0 || qos > 1 || expirySeconds < 0) {
            throw new IllegalArgumentException("publication to '" + topic + "', QoS " + qos);
        }
        properties = properties.isEmpty() ? Collections.emptyMap() : new LinkedHashMap<>(properties);
    }

    @Override
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    /** The same with one more user property. */
    Publication with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(name, value);
        return new Publication(topic, payload, qos, retained, expirySeconds, contentType, more);
    }

    /** An upper bound of the PUBLISH packet's size (MQTT 5 section 3.3), with the topic alias that the client may add. */
    public long packetBytes() {
        long bytes = 5 + 2 + utf8Length(topic) + 2; // fixed header, topic, packet id
        bytes += 4 + 2 + 5 + 3; // property length, payload format, message expiry, topic alias
        bytes += contentType.isEmpty() ? 0 : 3 + utf8Length(contentType);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            bytes += 5 + utf8Length(property.getKey()) + utf8Length(property.getValue());
        }
        return bytes + utf8Length(payload);
    }

    /** Whether a broker takes it whose Maximum Packet Size is that; of most it is {@link Long#MAX_VALUE}, and nothing is counted. */
    boolean fits(long maximumPacketBytes) {
        return maximumPacketBytes == Long.MAX_VALUE || packetBytes() <= maximumPacketBytes;
    }

    private static long utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length(); // One byte each.
    }
}
