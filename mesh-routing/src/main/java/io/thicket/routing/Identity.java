package io.thicket.routing;

import java.util.Set;

/**
 * What a node says about itself in IDENT, signature already verified.
 *
 * @param id the hash of the key
 * @param name 1 to 32 characters of {@code [a-z0-9_-]}
 * @param roles what it does
 * @param epoch the boot in which it said so
 */
public record Identity(NodeId id, String name, Set<Role> roles, long epoch) {
    /** Longest name in characters. */
    public static final int MAX_NAME_LENGTH = 32;

    /** What a node does; the wire form is a bit mask by ordinal. */
    public enum Role {
        SENSOR,
        RELAY,
        GATEWAY
    }

    public Identity {
        if (!isValidName(name)) {
            throw new IllegalArgumentException("node name '" + name + "'");
        }
        roles = Set.copyOf(roles);
    }

    /** Whether {@code name} can be a node's name: 1 to 32 of {@code [a-z0-9_-]}. */
    public static boolean isValidName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
