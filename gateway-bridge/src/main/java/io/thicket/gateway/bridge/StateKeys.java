package io.thicket.gateway.bridge;

import java.util.Set;

/** The names under which {@code state} shows values: one flat JSON object for value templates. */
final class StateKeys {
    /** Members that {@code state} has of its own; a quantity of such a name is prefixed with its sensor. */
    private static final Set<String> RESERVED = Set.of("hops", "ts", "seq");

    private StateKeys() {}

    /** {@code quantity}, or {@code sensor_quantity} if the node has several sensors; only {@code [A-Za-z0-9_]} remain. */
    static String key(String sensor, String quantity, boolean severalSensors) {
        String name = quantity.isEmpty() ? sensor : quantity;
        String key = severalSensors || RESERVED.contains(name) ? sensor + "_" + name : name;
        for (int i = 0; i < key.length(); i++) {
            if (!isPlain(key.charAt(i))) {
                return flat(key);
            }
        }
        return key;
    }

    private static String flat(String key) {
        StringBuilder flat = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            flat.append(isPlain(c) ? c : '_');
        }
        return flat.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
