package io.thicket.agent.store;

/** What names and values a {@link io.thicket.agent.port.Store} takes. */
final class StoreRules {
    static final int MAX_NAME_LENGTH = 64;
    static final int MAX_VALUE_BYTES = 64 * 1024;

    private StoreRules() {}

    /** Refuses all but {@code [a-z0-9._-]{1,64}}, and a dot at the beginning, which would hide a file or be a directory. */
    static void requireName(String name) {
        boolean valid = !name.isEmpty() && name.length() <= MAX_NAME_LENGTH && name.charAt(0) != '.';
        for (int i = 0; valid && i < name.length(); i++) {
            char c = name.charAt(i);
            valid = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0;
        }
        if (!valid) {
            throw new IllegalArgumentException("the store has no place for the name '" + name + "'");
        }
    }

    static void requireValue(String name, byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(name + " has " + value.length + " bytes, more than " + MAX_VALUE_BYTES);
        }
    }
}
