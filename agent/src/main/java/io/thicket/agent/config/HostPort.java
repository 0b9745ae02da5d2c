package io.thicket.agent.config;

/**
 * A host and a UDP or TCP port, {@code HOST:PORT} in text; an IPv6 address stands in brackets. The name is not looked up here.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 lets the system choose and is for tests
 */
public record HostPort(String host, int port) {
    private static final int MAX_HOST_LENGTH = 253;

    public HostPort {
        if (!isHost(host)) {
            throw new IllegalArgumentException("'" + host + "' is no host");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
        }
    }

    /** Reads {@code HOST:PORT} with a port from 1; anything else is an {@link IllegalArgumentException}. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        String port = text.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (host.indexOf(':') < 0) {
                throw new IllegalArgumentException("'" + text + "' has no IPv6 address in its brackets");
            }
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' has an IPv6 address without brackets");
        }
        if (host.isEmpty()
                || port.isEmpty()
                || port.length() > 5
                || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        int number = Integer.parseInt(port);
        if (number == 0) {
            throw new IllegalArgumentException("port 0 is not 1 to 65535");
        }
        return new HostPort(host, number);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && "-._:%".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
