package io.thicket.gateway.mqtt;

import io.thicket.gateway.mqtt.BrokerConnection.Heard;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last messages of a session that were taken. A broker whose connection ended before an acknowledgement sends such messages again on
 * the next one, under the same packet identifiers and before all others (MQTT 5 sections 4.4 and 4.6): that is no second publication.
 * Told by these, since the client does not say what has the DUP flag (Paho 1.2.5). Not for several threads at once.
 */
final class TakenMessages {
    private final Map<Integer, Heard> now = byId();
    private final Map<Integer, Heard> before = byId();

    /** At most as many as can be without acknowledgement at one time. */
    private static Map<Integer, Heard> byId() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Heard> eldest) {
                return size() > BrokerConnection.HEARD_AT_ONCE;
            }
        };
    }

    /** What follows comes on another connection; {@code resumed} if the broker had kept the session. */
    void connected(boolean resumed) {
        if (resumed) {
            now.values().forEach(message -> put(before, message));
        } else {
            before.clear();
        }
        now.clear();
    }

    void add(Heard message) {
        if (message.qos() > 0) {
            put(now, message);
        }
    }

    /** Whether the broker sends again what was taken on an earlier connection. */
    boolean includes(Heard message) {
        if (message.qos() > 0 && message.equals(before.get(message.id()))) {
            return true;
        }
        before.clear(); // the first new message: no old one follows it
        return false;
    }

    private static void put(Map<Integer, Heard> byId, Heard message) {
        byId.remove(message.id()); // identifiers are used again: the youngest use is the last to go
        byId.put(message.id(), message);
    }
}
